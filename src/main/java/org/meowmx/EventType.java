package org.meowmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives an event class the name under which its events are stored, independent of the class's own name and package.
 *
 * <p>The name is forever: classes may be renamed and moved, the stored type may not. Put it on records (or classes) that
 * are concrete; a sealed parent is known by its permitted children.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {

    /** The stored name: 1 to {@value StreamId#MAX_LENGTH} characters, by custom lower case with hyphens. */
    String value();
}
