package org.meowmx;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The {@code java.time.Clock} that the store goes by: when a failed event is tried again, when one was parked, how old the oldest
 * unread event is. The system's clock, unless an {@code @Alternative @Priority} producer replaces it.
 *
 * <p>Events are recorded by the database's clock, except on H2, where this one sets the time.
 */
@Documented
@Qualifier
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface StoreClock {}
