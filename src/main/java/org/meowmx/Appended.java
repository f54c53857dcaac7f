package org.meowmx;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an observer's event parameter: call it for each event of this class inside the transaction that appends it. An
 * exception out of such an observer fails the append.
 *
 * <p>A further parameter of type {@link RecordedEvent} is the event as recorded.
 */
@Documented
@Qualifier
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Appended {

    /** The qualifier as an object. */
    final class Literal extends AnnotationLiteral<Appended> implements Appended {
        public static final Literal INSTANCE = new Literal();
        private static final long serialVersionUID = 1L;

        private Literal() {}
    }
}
