/**
 * Which other nodes run, and how nodes wake each other.
 *
 * <p>Each node has a row with a counter that it increments at every heartbeat. A peer is alive as long as its counter
 * moves, measured with the observer's own clock, so wrong clocks do no harm. The row also holds the filters that the
 * node's observers request.
 *
 * <p>Without a signal, a node finds the events of its peers only at its next poll. After a commit, a node therefore
 * wakes its peers with PostgreSQL's NOTIFY, at most once per 10 milliseconds. It does so in a transaction of its own:
 * NOTIFY takes a lock of the whole cluster at commit, and a transaction with NOTIFY cannot be prepared for XA. A lost
 * signal costs at most the time to the next poll.
 *
 * <p>Invariants: the package knows no checkpoint and no turn; it has no CDI bean.
 */
@NullMarked
package org.meowmx.subscription.engine.cluster;

import org.jspecify.annotations.NullMarked;
