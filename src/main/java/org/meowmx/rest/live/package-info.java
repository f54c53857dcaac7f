/**
 * The log as server-sent events.
 *
 * <p>One poll of the log serves all clients of a node: a client that has read everything waits without a thread and without a
 * connection to the database. Each event's id is its {@link org.meowmx.rest.message.Cursor}, so a client that reconnects with
 * {@code Last-Event-ID} resumes after the last event that it received, or learns that the log went back.
 */
@NullMarked
package org.meowmx.rest.live;

import org.jspecify.annotations.NullMarked;
