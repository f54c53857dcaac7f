/**
 * Workers outside of the JVM: they lease pages of external subscriptions over HTTP, and acknowledge them.
 * {@link org.meowmx.subscription.lease} explains the protocol of leases; this package adds the waiting.
 *
 * <p>A worker that polls an empty subscription costs queries and receives events late. Therefore a request for a lease
 * may wait until there is an event. {@link org.meowmx.rest.worker.WaitingWorkers} has all waiting requests of this
 * node. They hold no thread: one query per poll finds the subscriptions that have work, for all of them together.
 * Requests for the same subscription are answered in the order of their arrival.
 *
 * <p>Rules:
 * <ul>
 *   <li>a lease is stored before its page is written;
 *   <li>while all writers are busy, no page is leased, because its lease would run while the page waits;
 *   <li>a stopping server answers all waiting requests at once.
 * </ul>
 *
 * <p>What may go wrong: if a page cannot be written, its lease is given back, and no attempt is counted. If a
 * connection breaks and the server is not notified, the lease expires. If too many requests wait, further ones are
 * refused with 503.
 */
@NullMarked
package org.meowmx.rest.worker;

import org.jspecify.annotations.NullMarked;
