/**
 * The number of statements that each operation costs, counted at the driver, and their plans.
 */
package org.meowmx.statements;
