/**
 * Retries of work after a conflict with another writer, each in a new transaction.
 *
 * <p>After {@link org.meowmx.WrongExpectedVersionException} or {@link org.meowmx.ContentionException} the right answer
 * is often to read the stream again and to decide again. {@link org.meowmx.retry.RetriedOnConflict} does this around a
 * {@code @Transactional} method: its interceptor runs outside that of {@code @Transactional}, so each attempt has its
 * own transaction. {@link org.meowmx.retry.Retry} does the same for a piece of code.
 *
 * <p>Invariants:
 * <ul>
 *   <li>nothing is retried inside the caller's transaction, because the conflict dooms it;
 *   <li>only conflicts are retried: exceptions of the store that are retryable, and serialization failures, deadlocks and
 *       lock timeouts of the caller's own SQL;
 *   <li>the pauses are random below a bound that doubles with each failure (exponential back-off with full jitter).
 * </ul>
 */
@NullMarked
package org.meowmx.retry;

import org.jspecify.annotations.NullMarked;
