/**
 * Doing work again after a conflict with another writer, each time in a new transaction.
 *
 * <p>After {@link org.meowmx.WrongExpectedVersionException} or {@link org.meowmx.ContentionException} the right answer is often
 * to read the stream again and to decide again. {@link org.meowmx.retry.RetriedOnConflict} does this around a
 * {@code @Transactional} method: its interceptor runs outside that of {@code @Transactional}, so each attempt has a transaction
 * of its own. {@link org.meowmx.retry.Retry} does the same for a piece of code.
 *
 * <p>Invariants:
 * <ul>
 *   <li>nothing is retried inside a transaction of the caller, which the conflict has doomed;
 *   <li>only conflicts are retried: exceptions that say so themselves, serialization failures, deadlocks and lock timeouts;
 *   <li>the pauses are random below a bound that doubles with each failure (exponential back-off with full jitter).
 * </ul>
 */
@NullMarked
package org.meowmx.retry;

import org.jspecify.annotations.NullMarked;
