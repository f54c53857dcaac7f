/**
 * The log as server-sent events.
 *
 * <p>Many clients follow the log at the same time, and most of them wait for the next event. One poll of the log serves
 * all clients of a node. A client that has read everything waits without a thread and without a connection to the
 * database.
 *
 * <p>Each event's id is its {@link org.meowmx.rest.message.Cursor}. A client that reconnects with {@code Last-Event-ID}
 * resumes after the last event that it received.
 *
 * <p>What may go wrong:
 * <ul>
 *   <li>a client takes no data. It gets no further page, and is disconnected after one minute;
 *   <li>the log went back, because it was restored from a backup or a failover lost events. The client is disconnected.
 *       When it reconnects, it is refused with 409;
 *   <li>too many clients follow the log on this node. Further ones are refused with 503.
 * </ul>
 */
@NullMarked
package org.meowmx.rest.live;

import org.jspecify.annotations.NullMarked;
