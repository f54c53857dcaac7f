package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/**
 * Random histories of a subscription, on the engine and on a simple model of it. A failure prints the seed and the
 * shortest history. {@code -Dhistories.seed=SEED -Dhistories.count=1} plays it again, {@code -Dhistories.seconds=600}
 * plays more.
 */
@MeowmxTest(
        beans = {Engine.class, Sql.class},
        config = {
            "meowmx.subscription.parking.on-failure=park",
            "meowmx.subscription.parking.max-attempts=2",
            "meowmx.subscription.parking.batch-size=3",
            "meowmx.subscription.blocking.batch-size=4",
            "meowmx.subscription.paging.on-failure=park",
            "meowmx.subscription.paging.max-attempts=1",
            "meowmx.subscription.paging.batch-size=3",
            "meowmx.subscription.paging.segments=2"
        },
        database = FaultyDatabase.class)
class SubscriptionModelTest {

    private static final long SEED = Long.getLong("histories.seed", System.nanoTime());
    private static final int COUNT = Integer.getInteger("histories.count", 2_000);
    private static final Duration LIMIT = Duration.ofSeconds(Integer.getInteger("histories.seconds", 30));

    /** They log every fault. */
    static final List<Logger> LOUD = List.of(
            Logger.getLogger("org.meowmx.subscription"),
            Logger.getLogger("com.arjuna"),
            Logger.getLogger("org.hibernate"),
            Logger.getLogger("io.agroal"));

    @Inject
    Engine engine;

    @BeforeEach
    void quiet() {
        LOUD.forEach(logger -> logger.setLevel(Level.OFF));
    }

    @AfterEach
    void loud() {
        LOUD.forEach(logger -> logger.setLevel(null));
    }

    @Test
    void a_subscription_does_what_its_model_says() {
        long began = System.nanoTime();
        int played = 0;
        while (played < COUNT && System.nanoTime() - began < LIMIT.toNanos()) {
            check(SEED + played);
            played++;
        }
        System.out.printf(
                "%d histories from seed %d in %d ms%n", played, SEED, (System.nanoTime() - began) / 1_000_000);
        assertThat(played).isPositive();
    }

    /** Random histories rarely contain this case. */
    @Test
    void a_failure_after_the_merge_point_is_not_recorded() {
        History history = new History(
                Engine.PAGING,
                List.of(
                        Outside.append("dog", 1),
                        Outside.append("cat", 1),
                        Outside.append("dog", 1),
                        Outside.poison("dog", 2, World.Failing.BY_THROWING),
                        // the first segment has handled the first event, and failed at the third
                        new Meanwhile(4, Operation.changeSegments(3)),
                        new Work(),
                        new Work()));

        assertThat(HistoryRun.difference(engine, history)).isEmpty();
    }

    @Test
    void a_worker_continues_with_the_segment_that_it_has_merged() {
        assertThat(HistoryRun.difference(engine, merging(new Work()))).isEmpty();
    }

    @Test
    void a_worker_that_was_cut_off_continues_with_the_segment_that_it_has_merged() {
        Fault atTheCommitOfItsTurn = new Fault(4, Fault.Kind.CUT_OFF);

        assertThat(HistoryRun.difference(engine, merging(new Broken(atTheCommitOfItsTurn, new Work()))))
                .isEmpty();
    }

    /** Segments whose merge point is the first of two events. */
    private static History merging(Command work) {
        return new History(
                Engine.PAGING,
                List.of(
                        // the first segment has read before there was an event
                        new Meanwhile(2, Outside.append("cat", 1)),
                        Outside.append("cat", 1),
                        Operation.changeSegments(1),
                        work));
    }

    private void check(long seed) {
        History history = History.of(seed);
        HistoryRun.difference(engine, history).ifPresent(difference -> {
            History shortest = history.shrunk(
                    shorter -> HistoryRun.difference(engine, shorter).isPresent());
            fail(
                    "seed %d: %s\n%s",
                    seed, shortest, HistoryRun.difference(engine, shortest).orElse(difference));
        });
    }
}
