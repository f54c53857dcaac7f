package org.meowmx.faults;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.RecordedEvent;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.SmallPoolDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.testkit.MeowmxTest;

/** If connections are scarce, subscriptions and writers wait for each other, but all of them finish. */
@MeowmxTest(
        beans = {
            Trial.class,
            ScarceConnectionsIT.EightReaders.class,
            Ledger.class,
            OutsideFile.class,
            Breakpoint.class,
            Sql.class
        },
        config = {TrialTest.ENABLED, TrialTest.POLLING},
        database = SmallPoolDatabase.class)
class ScarceConnectionsIT {

    private static final int ENOUGH = Extent.of(40);

    @Inject
    Trial trial;

    @TempDir
    Path folder;

    /** Eight subscriptions to every event. */
    @ApplicationScoped
    static class EightReaders {

        @Inject
        Ledger ledger;

        void a(@Observes @Subscribed("a") RecordedEvent event) {
            ledger.write("a", event);
        }

        void b(@Observes @Subscribed("b") RecordedEvent event) {
            ledger.write("b", event);
        }

        void c(@Observes @Subscribed("c") RecordedEvent event) {
            ledger.write("c", event);
        }

        void d(@Observes @Subscribed("d") RecordedEvent event) {
            ledger.write("d", event);
        }

        void e(@Observes @Subscribed("e") RecordedEvent event) {
            ledger.write("e", event);
        }

        void f(@Observes @Subscribed("f") RecordedEvent event) {
            ledger.write("f", event);
        }

        void g(@Observes @Subscribed("g") RecordedEvent event) {
            ledger.write("g", event);
        }

        void h(@Observes @Subscribed("h") RecordedEvent event) {
            ledger.write("h", event);
        }
    }

    @Test
    void eight_subscriptions_and_four_writers_share_two_connections() throws Exception {
        trial.begin(PostgreSqlServer.shared(), folder);
        try (Load load = trial.load(4, 20)) {
            Awaitility.await()
                    .atMost(Trial.PATIENCE)
                    .until(() -> trial.number("select count(*) from meowmx_events") > ENOUGH);
            trial.stop(load);
        }
        trial.settle();
        trial.verdict();
    }
}
