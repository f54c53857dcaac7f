/**
 * The promises as contracts: one abstract class each, run on H2 and on PostgreSQL by subclasses of three
 * lines, and, where neither transactions nor observers are spoken of, on the store in memory.
 *
 * <p>The fixtures are awkward on purpose: the JVM and the database session are in different time zones, neither of them UTC,
 * and ids hold what ids hold.
 */
package org.meowmx.contract;
