package org.meowmx.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/** A {@link Trial} whose writers and {@link Readers} are in the test's own process, on the shared PostgreSQL. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@MeowmxTest(
        beans = {Trial.class, Readers.class, Ledger.class, OutsideFile.class, Breakpoint.class, Sql.class},
        config = {
            TrialTest.ENABLED,
            TrialTest.POLLING,
            TrialTest.SEGMENTS,
            TrialTest.ONE_SEGMENT,
            TrialTest.RETRYING,
            TrialTest.FREEZING
        },
        database = PostgreSqlDatabase.class)
@interface TrialTest {

    String ENABLED = "meowmx.subscription.enabled=true";
    String POLLING = "meowmx.subscription.poll-interval=PT0.05S";
    String SEGMENTS = "meowmx.subscription.shared.segments=4";
    String ONE_SEGMENT = "meowmx.subscription.whole.segments=1";
    String RETRYING = "meowmx.subscription.max-retry-delay=PT1S";
    String FREEZING = "meowmx.subscription.frozen-after=PT2S";
}
