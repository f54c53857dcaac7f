/**
 * Judging what happened: a history of a run goes in, the anomalies in it come out.
 *
 * <p>The idea is that of Jepsen. While something goes wrong nobody can say what the right state is at any moment, but each party
 * can note what it was told: a writer each of its tries with the answer, a handler each event in the transaction of its turn,
 * and in a file each effect outside of the database. Afterwards one pure function compares these notes with the log. It needs
 * no knowledge of the fault: whatever was killed, the promises are the same.
 *
 * <p>Three answers of an append count: <em>ok</em>, the events must be in the log, as the answer says; <em>failed</em>, they
 * must not be; <em>unknown</em>, when the connection was lost: they may be there or not, all of them or none, and never twice.
 *
 * <p>Most anomalies have the names that they have in {@code jepsen.tests.kafka}. The checker itself is checked with forged
 * histories, one for each anomaly.
 */
package org.meowmx.anomalies;
