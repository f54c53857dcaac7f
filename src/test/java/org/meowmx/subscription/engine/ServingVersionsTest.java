package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meowmx.RecordedEvent;
import org.meowmx.projection.Projections;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.ClaimTransaction;

/** The serving version after projections are created, renamed and deleted. */
@MeowmxTest(
        beans = {ServingVersionsTest.Handlers.class, Sql.class},
        config = {"meowmx.subscription.list.renamed-from=names", "meowmx.subscription.list.start=now"})
class ServingVersionsTest {

    @Inject
    SubscriptionEngine engine;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Projections projections;

    @Inject
    ClaimTransaction claimTransaction;

    @Inject
    Sql sql;

    @ApplicationScoped
    static class Handlers {

        void first(@Observes @Subscribed(value = "list", category = "order") RecordedEvent event) {}

        void second(@Observes @Subscribed(value = "list", version = 2, category = "order") RecordedEvent event) {}
    }

    /** A checkpoint that no node declares, at its own position. */
    private void orphan(String subscription, int position) {
        run("""
                insert into meowmx_checkpoints
                        (subscription, first_slice, last_slice, position, live_after, origin, lock_version)
                values ('%s', 0, 1023, %d, %d, random_uuid(), 0)""".formatted(subscription, position, position));
    }

    private void serving(String projection, int version) {
        run("insert into meowmx_projections (projection, serving, switched_at) values ('%s', %d, current_timestamp)"
                .formatted(projection, version));
    }

    private void withoutCheckpoints() {
        run("delete from meowmx_checkpoints");
        run("delete from meowmx_projections");
    }

    private void run(String statement) {
        claimTransaction.run(() -> sql.run(statement));
    }

    private List<Object> projectionsWithRow() {
        return List.copyOf(
                claimTransaction.run(() -> sql.list("select projection from meowmx_projections order by projection")));
    }

    private long position(String subscription) {
        return subscriptions.status(subscription).position();
    }

    @Test
    void a_projection_is_renamed_with_all_its_versions_and_the_one_that_serves() {
        orphan("old", 5);
        orphan("old@2", 7);
        serving("old", 2);

        subscriptions.rename("old", "new");

        assertThat(position("new")).isEqualTo(5);
        assertThat(position("new@2")).isEqualTo(7);
        assertThat(projections.serving("new")).isEqualTo(2);
        assertThat(projections.serving("old")).isEqualTo(1);
        assertThat(projectionsWithRow()).contains("new").doesNotContain("old");
    }

    @Test
    void a_projection_that_is_renamed_back_has_the_version_that_serves_now() {
        orphan("old", 5);
        orphan("old@2", 5);
        serving("old", 2);
        subscriptions.rename("old@2", "new@2");
        run("update meowmx_projections set serving = 1 where projection = 'new'");

        subscriptions.rename("new", "old");

        assertThat(projections.serving("old")).isEqualTo(1);
        assertThat(position("old@2")).isEqualTo(5);
    }

    @Test
    void after_the_last_version_was_deleted_its_name_says_nothing_about_another_projection() {
        orphan("former@2", 5);
        serving("former", 2);
        subscriptions.delete("former@2");
        orphan("names", 5);

        subscriptions.rename("names", "former");

        assertThat(projections.serving("former")).isEqualTo(1);
        assertThat(projectionsWithRow()).doesNotContain("former", "names");
    }

    @Test
    void a_version_of_another_projection_does_not_join_one_that_has_versions_already() {
        orphan("old@2", 5);
        serving("old", 2);
        orphan("new", 9);
        run("update meowmx_checkpoints set paused = true where subscription = 'new'");

        assertThatThrownBy(() -> subscriptions.rename("old@2", "new@2"))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("'new' has a checkpoint, but 'old' has none that could replace it");

        assertThat(projections.serving("new")).isEqualTo(1);
        assertThat(position("new")).isEqualTo(9);
    }

    @Test
    void renamed_from_takes_over_versions_that_no_observer_declares_any_more() {
        withoutCheckpoints();
        orphan("names", 5);
        orphan("names@3", 7);
        serving("names", 3);

        engine.creation.createIfAbsent("list@2");
        engine.creation.createIfAbsent("list");

        assertThat(position("list")).isEqualTo(5);
        assertThat(position("list@3")).isEqualTo(7);
        assertThat(projections.serving("list")).isEqualTo(3);
        assertThat(position("list@2")).isZero();
        assertThat(projectionsWithRow()).containsExactly("list");
    }

    @Test
    void a_single_first_version_serves_without_a_row() {
        withoutCheckpoints();
        orphan("names", 5);

        engine.creation.createIfAbsent("list");

        assertThat(position("list")).isEqualTo(5);
        assertThat(projectionsWithRow()).isEmpty();
    }

    @Test
    void readers_wait_for_the_version_that_serves_also_if_the_first_one_is_gone() {
        orphan("elsewhere@2", 5);
        serving("elsewhere", 2);

        assertThat(subscriptions.await("elsewhere", 0, Duration.ZERO)).isTrue();
        assertThat(subscriptions.await("elsewhere@2", 0, Duration.ZERO)).isTrue();
        assertThatThrownBy(() -> subscriptions.await("elsewhere@3", 0, Duration.ZERO))
                .isInstanceOf(UnknownSubscriptionException.class);
    }
}
