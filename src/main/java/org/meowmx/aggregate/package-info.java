/**
 * Deciders and aggregates: optional help for modelling with events, on top of the store.
 *
 * <p>To decide on a command, an application needs the current state, and must append only if nobody else has changed it
 * since. A {@link org.meowmx.aggregate.Decider} is a state and two functions, {@code decide} and {@code evolve}. An
 * {@link org.meowmx.aggregate.Aggregate} is the same as an object with behaviour. A
 * {@link org.meowmx.aggregate.Repository} folds the events of a stream into the state, decides, and appends with the
 * version that it has read as the expected version. If another writer was faster,
 * {@link org.meowmx.retry.RetriedOnConflict} repeats all of this in a new transaction.
 *
 * <p>A long stream takes long to fold. {@link org.meowmx.aggregate.Snapshots} are a cache of folded states, which a
 * background thread fills after expensive loads. Rules:
 * <ul>
 *   <li>a snapshot is folded from committed events only, in its own thread and transaction;
 *   <li>it names its last event, and a load reads that event again together with the later ones. A snapshot of another
 *       log, or of events that a restore has removed, is therefore ignored;
 *   <li>its key contains the record's name, schema version and shape, so a snapshot of another release is not found;
 *   <li>it is stored only if the state read from its JSON is equal to the state written.
 * </ul>
 *
 * <p>If a snapshot is missing, invalid or cannot be taken, a load reads all events. Only the time that it takes
 * differs.
 *
 * <p>The package depends on the store's API and on the library's transactions. It may be deleted without affecting the
 * rest of the library, together with the test kit's {@code Scenario}; the table {@code meowmx_snapshots} then stays
 * empty.
 */
@NullMarked
package org.meowmx.aggregate;

import org.jspecify.annotations.NullMarked;
