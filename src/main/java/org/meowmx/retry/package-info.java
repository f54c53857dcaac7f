/**
 * Retries of work after a conflict with another writer, each in a new transaction.
 *
 * <p>After {@link org.meowmx.WrongExpectedVersionException} or {@link org.meowmx.ContentionException} the right answer
 * is often to read the stream again and to decide again. {@link org.meowmx.retry.RetriedOnConflict} does this around a
 * {@code @Transactional} method: its interceptor runs outside that of {@code @Transactional}, so each attempt has its
 * own transaction. {@link org.meowmx.retry.Retry} does the same for a piece of code. Its method
 * {@link org.meowmx.retry.Retry#repeat repeat} retries on any condition that the caller gives and opens no transaction:
 * the work begins its own.
 *
 * <p>Invariants:
 * <ul>
 *   <li>nothing is retried inside the caller's transaction, because most conflicts doom it;
 *   <li>except in {@code repeat}, only conflicts are retried: exceptions of the store that are retryable, and
 *       serialization failures, deadlocks and lock timeouts of the caller's own SQL;
 *   <li>the pauses are random below a bound that doubles with each failure (exponential back-off with full jitter);
 *   <li>the package depends on the store's API and on the library's transactions.
 * </ul>
 */
@NullMarked
package org.meowmx.retry;

import org.jspecify.annotations.NullMarked;
