/**
 * Versions of projections: a read model that needs another shape is built next to the one that serves, and takes over without a
 * pause.
 *
 * <h2>The protocol</h2>
 * A <em>projection</em> is a read model and the subscription that fills it. Each version of it is a subscription of its own:
 * version 1 has the name of the projection, version 2 the name and {@code @2}. One row of the database says which version
 * serves.
 * <ol>
 *   <li><em>Build.</em> A release declares version 2. Its checkpoints are created, and it reads the log from the beginning,
 *       in as many segments as wanted. Version 1 still serves.
 *   <li><em>Wait.</em> Version 2 never reads past version 1. When it has reached version 1, it follows it.
 *   <li><em>Switch.</em> One transaction claims all checkpoints of both versions. Version 2 handles the few events that it
 *       lacks, so it is at exactly the positions of version 1. Then the row says that version 2 serves. A reader that reads
 *       the row in its own transaction sees version 1 or version 2 at these positions, so it never sees less than before.
 *   <li><em>Follow.</em> Now version 1 follows version 2 in the same way. A switch back is the same transaction.
 *   <li><em>Retire.</em> The checkpoints of version 1 are deleted, and a later release drops its observers and tables.
 * </ol>
 *
 * <h2>Effects happen once</h2>
 * The version that serves has live effects: its live-only observers are called, and its observers append events. A version that
 * does not serve has none. It handles every event as a replay. If an observer appends, it gets the events that the serving version
 * has appended for the same event, because all versions derive the same event ids. If there are no such events, the append is
 * refused. The switch moves the live effects together with the readers, between two events. No writer waits for it.
 *
 * <h2>Failures and releases</h2>
 * The switch is refused if one of the versions is not sound: it fails, is paused, replays or has parked events. If the node
 * crashes before the commit, nothing has changed. Nodes may declare version 1, both or version 2, in any order: who serves is in
 * the database and not in the release.
 *
 * <p>The package uses the store's API and that of subscriptions. The engine that implements it is
 * {@code org.meowmx.subscription.engine}.
 */
@NullMarked
package org.meowmx.projection;

import org.jspecify.annotations.NullMarked;
