package org.meowmx.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A JUnit 5 annotation: each test method of the class gets the event store in a CDI container of its own, with JTA and
 * an empty database.
 *
 * <p>{@code @PersistenceContext} of every unit on the class path is injected. The units use the store's data source,
 * and their tables are created from their classes. Workers do not run, and {@link TestClock} moves the time.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MeowmxExtension.class)
public @interface MeowmxTest {

    /** Beans of the application that the test needs, such as those with observers. */
    Class<?>[] beans() default {};

    /** Configuration for this class, each element as {@code key=value}. */
    String[] config() default {};

    /** The database for each test method; by default H2 in memory. */
    Class<? extends TestDatabase> database() default H2Database.class;
}
