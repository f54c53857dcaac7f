/**
 * Modelling with events: optional helpers on top of the store.
 *
 * <p>The idea: a {@link org.meowmx.aggregate.Decider} is a state and two functions, {@code decide} and {@code evolve}; an
 * {@link org.meowmx.aggregate.Aggregate} is the same as an object with behaviour. A {@link org.meowmx.aggregate.Repository}
 * folds the events of a stream into the state, decides, and appends under the version that it has read. When somebody else
 * was faster, {@link org.meowmx.retry.RetriedOnConflict} does all of it again in a new transaction.
 *
 * <p>Snapshots are a cache and nothing more. Invariants:
 * <ul>
 *   <li>a snapshot is folded from committed events only, in a thread and a transaction apart from any caller's;
 *   <li>it names the last event in it, which is read again with those after it: a snapshot of another log, or of a future
 *       that a restore has taken back, is passed over;
 *   <li>it is stored under its record's name, schema version and shape, so that one of another release is not seen;
 *   <li>it is kept only when what comes back of its JSON is equal to what was written.
 * </ul>
 *
 * <p>The package depends on the API alone. It may be deleted without the library missing it, together with the test kit's
 * {@code Scenario}; the table {@code meowmx_snapshots} then stays empty.
 */
@NullMarked
package org.meowmx.aggregate;

import org.jspecify.annotations.NullMarked;
