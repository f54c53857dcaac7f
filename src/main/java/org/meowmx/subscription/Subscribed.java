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
 * The qualifier that declares a subscription: the observer receives the events of the log in order, by default from
 * the first event of the log (key {@code start}), and continues across restarts. The name in the qualifier creates the
 * subscription.
 *
 * <p>The observed type selects the events: an event class, a sealed parent, or {@link RecordedEvent} for every event. A
 * second parameter of type {@link RecordedEvent} receives the event as recorded. An observer of {@link EventPage}
 * receives all events of a turn at once. A turn is the transaction that handles a page of events.
 *
 * <p>What the observer writes through the store's data source commits together with the subscription's checkpoint, so
 * it takes effect exactly once. Any other effect is at-least-once: after a failure, the events of the last uncommitted
 * turn are delivered again.
 */
@Documented
@Qualifier
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Subscribed {

    /** The name of the subscription, 1 to 255 characters, without {@code @}. Its checkpoint is stored under this name. */
    String value();

    /**
     * Only streams of this category; empty is every category. All observers of one subscription must name the same
     * category.
     */
    @Nonbinding
    String category() default "";

    /**
     * The version of the projection that the observer builds, 1 to 999,999,999. Observers of different versions belong to
     * different subscriptions, each with checkpoints of its own: those of version 2 of {@code shipping-list} are stored as
     * {@code shipping-list@2}.
     *
     * <p>A new version is built next to the version that serves readers, and takes over by
     * {@code org.meowmx.projection.Projections}.
     */
    int version() default 1;

    /** The qualifier of a subscription as an object, for programmatic lookup. */
    final class Literal extends AnnotationLiteral<Subscribed> implements Subscribed {
        private static final long serialVersionUID = 1L;
        private final String value;
        private final int version;

        private Literal(String value, int version) {
            this.value = value;
            this.version = version;
        }

        /** The qualifier of the subscription with this name. */
        public static Literal of(String subscription) {
            return of(subscription, 1);
        }

        /** The qualifier of a version of a projection. */
        public static Literal of(String subscription, int version) {
            return new Literal(subscription, version);
        }

        @Override
        public String value() {
            return value;
        }

        @Override
        public String category() {
            return "";
        }

        @Override
        public int version() {
            return version;
        }
    }
}
