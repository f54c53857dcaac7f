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
 * On a bean's method: when another writer was faster it is called again, from the start. It stands around
 * {@code @Transactional}, so that each attempt of a transactional method has a transaction of its own; a caller that has one
 * already is refused, because a conflict dooms it as a whole.
 *
 * <p>Retried are exceptions that say so, {@link org.meowmx.MeowmxException#isRetryable}, and deadlocks and serialization
 * failures of the database; the last one is thrown.
 */
@Documented
@Inherited
@InterceptorBinding
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface RetriedOnConflict {

    /** How many attempts in all, 1 or greater. */
    @Nonbinding
    int attempts() default Attempts.MOST;

    /** The longest pause between two of them, in milliseconds; pauses are by chance and grow up to it. */
    @Nonbinding
    long longestPauseMillis() default Attempts.LONGEST_PAUSE_MILLIS;
}
