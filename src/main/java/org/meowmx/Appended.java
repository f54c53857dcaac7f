package org.meowmx;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The qualifier of an inline observer. CDI calls the observer for each appended event of the observed class, inside the
 * transaction of the append. The observed type must be a class with {@link EventType}, or a sealed parent of such
 * classes.
 *
 * <p>If the observer throws an exception, the append fails and the transaction is rolled back. A second parameter of
 * type {@link RecordedEvent} receives the event as recorded.
 *
 * <p>An observer may name one of CDI's transaction phases, for example {@code during = AFTER_SUCCESS}. It is then called
 * in this phase of the transaction, not during the append. To receive all events of an append at once, observe
 * {@link EventsAppended}, without this qualifier.
 */
@Documented
@Qualifier
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Appended {

    /** The qualifier as an object, for programmatic lookup. */
    final class Literal extends AnnotationLiteral<Appended> implements Appended {
        public static final Literal INSTANCE = new Literal();
        private static final long serialVersionUID = 1L;

        private Literal() {}
    }
}
