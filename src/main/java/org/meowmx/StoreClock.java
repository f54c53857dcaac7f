package org.meowmx;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The qualifier of the {@code java.time.Clock} that the store uses to schedule retries, to record when an event was
 * parked, and to compute the lag of a subscription.
 *
 * <p>It is the system clock, unless the application replaces it with an {@code @Alternative @Priority} producer. Events
 * are recorded with the database's clock, except on H2, where this clock is used.
 */
@Documented
@Qualifier
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface StoreClock {}
