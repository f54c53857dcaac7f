/**
 * Checks a recorded history of a run for anomalies.
 *
 * <p>The idea is that of Jepsen. During a fault, nobody can say which state is the right one at any moment. But each
 * party can record what it observes: a writer records each of its attempts with the answer, a handler records each
 * event in the transaction of its turn, and each effect outside of the database is recorded in a file. Afterwards, one
 * pure function compares these records with the log. It needs no knowledge of the fault, because the promises do not
 * depend on it.
 *
 * <p>An append has one of three answers:
 * <ul>
 *   <li><em>ok</em>: the events must be in the log, as the answer says;
 *   <li><em>failed</em>: they must not be in the log;
 *   <li><em>unknown</em>, after a lost connection: either all of them are in the log, once, or none of them.
 * </ul>
 *
 * <p>Most anomalies have the same names as in {@code jepsen.tests.kafka}. Forged histories, one for each anomaly, test
 * the checker itself.
 */
package org.meowmx.anomalies;
