package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/**
 * Random histories of a projection with two versions, on the engine and on a simple model of it: build, switch, switch back,
 * retire, and what may happen to each version meanwhile. The same system properties as in {@link SubscriptionModelTest} play a
 * history again, or more of them.
 */
@MeowmxTest(
        beans = {ProjectionEngine.class, Sql.class},
        config = {"meowmx.subscription.counted.batch-size=3"},
        database = FaultyDatabase.class)
class ProjectionModelTest {

    private static final long SEED = Long.getLong("histories.seed", System.nanoTime());
    private static final int COUNT = Integer.getInteger("histories.count", 1_000);
    private static final Duration LIMIT = Duration.ofSeconds(Integer.getInteger("histories.seconds", 15));

    @Inject
    ProjectionEngine engine;

    @BeforeEach
    void quiet() {
        SubscriptionModelTest.LOUD.forEach(logger -> logger.setLevel(Level.OFF));
    }

    @AfterEach
    void loud() {
        SubscriptionModelTest.LOUD.forEach(logger -> logger.setLevel(null));
    }

    @Test
    void versions_of_a_projection_do_what_their_model_says() {
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

    /** A segment of version 2 is divided, because the segments of version 1 are at different positions. */
    @Test
    void a_switch_between_versions_with_different_segments() {
        assertExplained(
                ProjectionCommand.changeSegments(1, 4),
                ProjectionCommand.build(2),
                ProjectionCommand.append("dog", 2),
                ProjectionCommand.append("owl", 3),
                ProjectionCommand.poison(1, "owl", 2),
                ProjectionCommand.work(1),
                ProjectionCommand.switchEvenIfFailing(2),
                ProjectionCommand.append("dog", 1),
                ProjectionCommand.work(2),
                ProjectionCommand.heal(),
                ProjectionCommand.awaitRetries(),
                ProjectionCommand.work(1),
                ProjectionCommand.switchTo(1));
    }

    /** Version 1 was moved past an event, so the log has no event that was appended for it. */
    @Test
    void a_version_that_does_not_serve_appends_nothing_that_the_log_lacks() {
        assertExplained(
                ProjectionCommand.append("dog", 1),
                ProjectionCommand.pause(1),
                ProjectionCommand.reposition(1, 0),
                ProjectionCommand.resume(1),
                ProjectionCommand.build(2),
                ProjectionCommand.work(2));
    }

    /** No other rule refuses this switch. */
    @Test
    void nothing_is_taken_over_from_a_version_that_replays() {
        assertExplained(
                ProjectionCommand.append("dog", 1),
                ProjectionCommand.work(1),
                ProjectionCommand.replay(1),
                ProjectionCommand.build(2),
                ProjectionCommand.switchTo(2),
                ProjectionCommand.switchEvenIfFailing(2));
    }

    /** No other rule refuses these switches. */
    @Test
    void nothing_is_taken_over_from_a_version_that_fails_or_is_paused() {
        assertExplained(
                ProjectionCommand.append("dog", 1),
                ProjectionCommand.poison(1, "dog", 1),
                ProjectionCommand.work(1),
                ProjectionCommand.build(2),
                ProjectionCommand.switchTo(2),
                ProjectionCommand.heal(),
                ProjectionCommand.awaitRetries(),
                ProjectionCommand.work(1),
                ProjectionCommand.pause(1),
                ProjectionCommand.switchTo(2));
    }

    private void assertExplained(ProjectionCommand... commands) {
        assertThat(new ProjectionHistory(List.of(commands)).difference(engine)).isEmpty();
    }

    private void check(long seed) {
        ProjectionHistory history = ProjectionHistory.of(seed);
        history.difference(engine).ifPresent(difference -> {
            ProjectionHistory shortest =
                    history.shrunk(shorter -> shorter.difference(engine).isPresent());
            fail("seed %d: %s\n%s", seed, shortest, shortest.difference(engine).orElse(difference));
        });
    }
}
