/**
 * Durable readers of the log: subscriptions, made by naming them on an observer.
 *
 * <p>The idea, in three layers: the <em>lifecycle</em> starts one worker per subscription and stops it; a <em>worker</em>
 * takes turns until nothing is left, and never throws; a <em>turn</em> is one JTA transaction: claim the checkpoint row
 * (skipping it when another node holds it), read the mark and the next page up to it, fire the CDI events, move the
 * checkpoint, commit. What observers write through the same data source therefore happens exactly once.
 *
 * <p>Invariants:
 * <ul>
 *   <li>a turn runs under READ COMMITTED, set as its first statement, because the mark ignores snapshots;
 *   <li>the mark is read anew in every turn;
 *   <li>a checkpoint moves to the end of what was read, which is the mark only when the page came back short;
 *   <li>every event is handled by the observers of {@code RecordedEvent} before those of its class.
 * </ul>
 *
 * <p>The package knows the store only by its API.
 */
@NullMarked
package org.meowmx.subscription;

import org.jspecify.annotations.NullMarked;
