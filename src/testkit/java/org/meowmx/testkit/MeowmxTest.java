package org.meowmx.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test method of a class the event store in a CDI container, with JTA and an empty database.
 *
 * <p>{@code @PersistenceContext} of any unit on the class path is injected, on the same data source as the store's, with
 * tables created from its classes. Workers do not run, and {@link TestClock} moves the time.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MeowmxExtension.class)
public @interface MeowmxTest {

    /** Beans of the application that the test needs, such as those with observers. */
    Class<?>[] beans() default {};

    /** Configuration for this class, as {@code key=value}. */
    String[] config() default {};

    /** Where the database comes from: an in-memory H2 by default. */
    Class<? extends TestDatabase> database() default H2Database.class;
}
