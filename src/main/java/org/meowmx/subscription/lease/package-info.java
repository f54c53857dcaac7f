/**
 * Subscriptions whose events are handled by workers outside of the JVM, in any language.
 *
 * <h2>State</h2>
 * An operator declares such an <em>external</em> subscription. The declaration is a row of the database, and each segment of
 * the subscription has a checkpoint, as if an observer had declared it. No node calls an observer for it. A worker
 * <em>leases</em> a page of one segment instead: the lease has an id, the position of the last event of the page, and a time at
 * which it expires by the database's clock. It is stored in the row of the checkpoint.
 * <pre>
 *              lease                          acknowledge all
 *   free  ---------------&gt;  leased  -----------------------------------&gt;  free, checkpoint at the end of the page
 *    ^                        |  |
 *    |      give back         |  |  fail(p), or the lease of a single event expires
 *    +------------------------+  +-------------------------------------&gt;  failing: retried later, or its stream is parked
 * </pre>
 *
 * <h2>Rules</h2>
 * <ul>
 *   <li>A segment has one lease at most. While it has one, nothing else moves its checkpoint.
 *   <li>{@code acknowledge}, {@code extend} and {@code fail} lock the row by the id of the lease. If the lease has expired or was
 *       replaced, or the subscription was renamed or deleted, they throw {@link org.meowmx.subscription.lease.LeaseLostException} and
 *       change nothing.
 *   <li>{@code acknowledge} up to a position moves the checkpoint there. The lease continues until its last event is
 *       acknowledged.
 *   <li>{@code fail} acknowledges the events before the failed one, counts an attempt of it, and ends the lease. Retries,
 *       blocking and parking follow the same rules as for observers.
 *   <li>A checkpoint is moved by workers or by turns of nodes, never by both: its row says which.
 *   <li>If a lease of one event expires, that counts as an attempt of the event: a worker that the event kills never calls
 *       {@code fail}. If a lease of several events expires, no event is to blame yet, and each of them is leased alone from then on.
 *   <li>Repositioning, replaying, renaming and deleting the subscription, and a change of its filter, end the lease. Pausing does
 *       not. A change of the number of segments waits for the end of all leases.
 *   <li>While an operator retries parked events of a stream, the next lease of its segment is the first of them, and no other page of
 *       this segment is leased.
 * </ul>
 *
 * <h2>Promises</h2>
 * No event is skipped, because a checkpoint moves only past events that were acknowledged or parked. The events of a stream
 * are leased in order. Every event is handled at least once, and after a failure at most one page is handled again.
 *
 * <h2>What may go wrong</h2>
 * A worker that is frozen for longer than its lease continues with a page that another worker has received. The effects happen twice,
 * and its acknowledgement is refused. A worker that needs effects to happen once must make them idempotent, for example by the id or
 * the position of the event.
 */
@NullMarked
package org.meowmx.subscription.lease;

import org.jspecify.annotations.NullMarked;
