package org.meowmx.retry;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The interceptor binding for methods that are called again after a conflict with another writer. The interceptor runs
 * outside that of {@code @Transactional}, so each attempt of a transactional method has a new transaction.
 *
 * <p>A conflict is an exception whose {@link org.meowmx.MeowmxException#isRetryable} is true, or a serialization
 * failure, deadlock or lock timeout that the database reports. When the attempts are used up, the last exception is thrown. If the
 * caller already has a transaction, the call fails with {@link IllegalStateException}, because most conflicts doom
 * that transaction.
 */
@Documented
@Inherited
@InterceptorBinding
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface RetriedOnConflict {

    /** The largest number of attempts, the first one included, 1 or greater. */
    @Nonbinding
    int attempts() default Attempts.MAX;

    /**
     * The upper limit of the pauses between attempts, in milliseconds, 0 or greater. Pauses are random, and their bound
     * doubles with each failure up to this limit.
     */
    @Nonbinding
    long longestPauseMillis() default Attempts.LONGEST_PAUSE_MILLIS;
}
