package org.meowmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.meowmx.evolution.Upcaster;

/**
 * Gives an event class the name under which its events are stored, independent of the class's own name and package.
 *
 * <p>The name is forever: classes may be renamed and moved, the stored type may not. Put it on records (or classes) that
 * are concrete; a sealed parent is known by its permitted children.
 *
 * <p>The data may change its shape: raise {@link #version} with it, and say in an {@link Upcaster} how the data of earlier
 * versions is read today.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {

    /** The stored name: 1 to {@value Names#MAX_LENGTH} characters, by custom lower case with hyphens. */
    String value();

    /** The schema version of the data that this class writes, 1 or greater; kept with each event unless it is 1. */
    int version() default 1;

    /** Names under which events of this class were stored earlier; they are read as this class wherever it is asked for. */
    String[] aliases() default {};
}
