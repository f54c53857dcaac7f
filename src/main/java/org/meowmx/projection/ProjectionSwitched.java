package org.meowmx.projection;

/**
 * The notification that another version of a projection serves. It is fired in the transaction that switches, on the node that
 * carries out the switch.
 *
 * <p>An observer may replace a view or rename tables, so that readers find the new version under the old name. Such a statement
 * needs a lock that stops all readers while it waits for the running ones. In this transaction, PostgreSQL ends a wait for a lock after
 * 250 milliseconds; then the switch is rolled back and repeated. An exception that an observer throws rolls everything back.
 *
 * @param projection the name of the projection
 * @param from the version that served until now
 * @param to the version that serves from now on
 */
public record ProjectionSwitched(String projection, int from, int to) {}
