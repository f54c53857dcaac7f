/**
 * The promises as contracts. Each contract is an abstract class. Subclasses of three lines run it on H2 and on
 * PostgreSQL, and, if it needs neither transactions nor observers, on the store in memory.
 *
 * <p>The fixtures are awkward on purpose: the JVM and the database session are in different time zones, neither of them
 * UTC, and ids contain all characters that ids may have.
 */
package org.meowmx.contract;
