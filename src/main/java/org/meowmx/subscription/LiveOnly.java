package org.meowmx.subscription;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mark of an observer whose effects must not be repeated, for example because it sends mails. Use it together with
 * {@link Subscribed}. The observer is not called for events that the subscription handles again
 * ({@link org.meowmx.CurrentEvent#isReplay}), and not at all while another version of its projection serves.
 *
 * <p>A subscription stores the position up to which live effects have happened. Events that were parked and discarded, or skipped by
 * moving the subscription forward, count as completed. The live effects of a new subscription begin at the end of the log at the time
 * of its creation, also if it reads from the beginning.
 *
 * <p>The mark prevents effects of a replay. It does not make effects exactly-once: after a failure, the events of the last
 * uncommitted turn are delivered again.
 */
@Documented
@Qualifier
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface LiveOnly {

    /** The qualifier as an object, for programmatic lookup. */
    final class Literal extends AnnotationLiteral<LiveOnly> implements LiveOnly {
        public static final Literal INSTANCE = new Literal();
        private static final long serialVersionUID = 1L;

        private Literal() {}
    }
}
