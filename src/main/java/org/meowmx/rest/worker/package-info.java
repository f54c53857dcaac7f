/**
 * Workers outside of the JVM: they lease pages of external subscriptions over HTTP, and acknowledge them. The protocol is that of
 * {@link org.meowmx.subscription.lease}.
 *
 * <p>A request for a lease may wait until there is an event. {@link org.meowmx.rest.worker.WaitingWorkers} has all waiting
 * requests of this node. They hold no thread: one query per poll finds the subscriptions that have work, for all of them
 * together. Those that wait for the same subscription are answered in the order of their arrival.
 *
 * <p>Invariants:
 * <ul>
 *   <li>a lease is stored before its page is written. If the page cannot be written, the lease is given back. If a connection
 *       breaks and the server is not notified, the lease expires;
 *   <li>while all writers are busy, no page is leased, because its lease would run while the page waits;
 *   <li>a stopping server answers all waiting requests at once.
 * </ul>
 */
@NullMarked
package org.meowmx.rest.worker;

import org.jspecify.annotations.NullMarked;
