package org.meowmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which events of a class are stored, independent of the class's own name and package.
 *
 * <p>The name is permanent: the class may be renamed and moved, the stored type may not change. Put the annotation on
 * concrete classes, preferably records. A sealed parent needs none, because the store knows it by its permitted
 * subclasses.
 *
 * <p>If the shape of the data changes, raise {@link #version}, and add an {@link org.meowmx.evolution.Upcaster} that
 * converts the data of earlier versions.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {

    /** The stored name: 1 to {@value Names#MAX_LENGTH} characters, by convention lower case with hyphens. */
    String value();

    /**
     * The schema version of the data that this class writes, 1 or greater. Each event stores it in its metadata, unless
     * it is 1.
     */
    int version() default 1;

    /** Earlier stored names of this class. Events with such a name are read as this class. */
    String[] aliases() default {};
}
