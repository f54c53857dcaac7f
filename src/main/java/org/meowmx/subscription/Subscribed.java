package org.meowmx.subscription;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.meowmx.RecordedEvent;

/**
 * On an observer's event parameter: deliver the events of a subscription to it, in order, from the beginning of the log on
 * and for good. Naming a subscription creates it.
 *
 * <p>The observed type says what is delivered: an event class, a sealed parent, or {@link RecordedEvent} for every event. A
 * further parameter of type {@link RecordedEvent} is the event as recorded. What the observer writes through the same data
 * source commits together with the subscription's checkpoint, so it happens once; any other effect may be repeated within
 * the last uncommitted batch.
 */
@Documented
@Qualifier
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Subscribed {

    /** The subscription's name: its checkpoint is kept under it. */
    String value();

    /** Only streams of this category; empty is every category. All observers of one subscription must agree. */
    @Nonbinding
    String category() default "";

    /** The qualifier of a subscription as an object. */
    final class Literal extends AnnotationLiteral<Subscribed> implements Subscribed {
        private static final long serialVersionUID = 1L;
        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** The qualifier of the subscription of this name. */
        public static Literal of(String subscription) {
            return new Literal(subscription);
        }

        @Override
        public String value() {
            return value;
        }

        @Override
        public String category() {
            return "";
        }
    }
}
