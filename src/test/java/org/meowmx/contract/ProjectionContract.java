package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.projection.ProjectionSwitched;
import org.meowmx.projection.Projections;
import org.meowmx.server.Sql;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.Segment;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;

/** The versions of a projection: the serving version, the switch, and the end of an old version. */
abstract class ProjectionContract {

    /** Configuration that the contract counts on. */
    static final String FROM_NOW = "meowmx.subscription.shipping-list.start=now";

    static final String PARKS_AT_ONCE = "meowmx.subscription.shipping-list.on-failure=park";

    private static final String FIRST = "shipping-list";
    private static final String SECOND = "shipping-list@2";

    private static final StreamId ORDER = StreamId.of("order", "1");

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Projections projections;

    @Inject
    Versions versions;

    @Inject
    Sql sql;

    /** Creates the table of the read models. */
    abstract void create(String table);

    /** Two versions of a list. Each row has the version that wrote it. */
    @ApplicationScoped
    static class Versions {

        private final List<ProjectionSwitched> switched = new CopyOnWriteArrayList<>();
        private final Set<String> poison = new ConcurrentSkipListSet<>();
        private volatile Runnable duringTurn = () -> {};
        private volatile Runnable duringSwitch = () -> {};

        @Inject
        Sql sql;

        List<ProjectionSwitched> switched() {
            return switched;
        }

        /** Streams that version 1 or version 2 cannot handle, each as version, colon and id. */
        Set<String> poison() {
            return poison;
        }

        void doDuringTurn(Runnable work) {
            duringTurn = work;
        }

        void doDuringSwitch(Runnable work) {
            duringSwitch = work;
        }

        void first(@Observes @Subscribed(value = "shipping-list", category = "order") RecordedEvent event) {
            list(1, event);
        }

        void second(
                @Observes @Subscribed(value = "shipping-list", version = 2, category = "order") RecordedEvent event) {
            list(2, event);
        }

        private void list(int version, RecordedEvent event) {
            duringTurn.run();
            if (poison.contains(version + ":" + event.stream().id())) {
                throw new IllegalStateException("poison for version " + version);
            }
            sql.update("insert into shipping_list (version, position) values (?, ?)", version, event.position());
        }

        void switched(@Observes ProjectionSwitched notification) {
            switched.add(notification);
            duringSwitch.run();
        }
    }

    @BeforeEach
    void table() {
        Jta.committed(() -> {
            create(
                    "create table if not exists shipping_list (version integer not null, position bigint not null, primary key (version, position))");
            return null;
        });
        Jta.committed(() -> sql.run("delete from shipping_list"));
    }

    private void order(int times) {
        for (int i = 0; i < times; i++) {
            events.append(ORDER, any(), NewEvent.of("ordered", "{}"));
        }
    }

    private List<Long> listed(int version) {
        return Jta.committed(() -> sql.list(
                        "select position from shipping_list where version = %d order by position".formatted(version)))
                .stream()
                .map(position -> ((Number) position).longValue())
                .toList();
    }

    private void bothHaveHandled(int times) {
        order(times);
        subscriptions.catchUp(FIRST);
        subscriptions.catchUp(SECOND);
    }

    private long position(String subscription) {
        return subscriptions.status(subscription).position();
    }

    private void assertRefused(int version, String because) {
        List<Long> before = listed(version);
        int serving = projections.serving("shipping-list");
        assertThatThrownBy(() -> projections.switchTo("shipping-list", version))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining(because);
        assertThat(projections.serving("shipping-list")).isEqualTo(serving);
        assertThat(listed(version)).isEqualTo(before);
    }

    @Test
    void each_version_is_a_subscription_of_its_own() {
        assertThat(subscriptions.names()).contains(FIRST, SECOND);
        assertThat(projections.serving("shipping-list")).isEqualTo(1);

        bothHaveHandled(3);
        assertThat(listed(1)).hasSize(3).isEqualTo(listed(2));
    }

    @Test
    void a_projection_that_nobody_knows_is_served_by_its_first_version() {
        assertThat(projections.serving("something-else")).isEqualTo(1);
        assertThatThrownBy(() -> projections.switchTo("something-else", 2))
                .isInstanceOf(UnknownSubscriptionException.class)
                .hasMessageContaining("something-else@2");
        assertThatThrownBy(() -> projections.switchTo("shipping-list", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 or greater");
    }

    @Test
    void a_new_version_never_passes_the_one_that_serves() {
        order(3);
        assertThat(subscriptions.catchUp(SECOND)).isZero();

        subscriptions.catchUp(FIRST);
        assertThat(subscriptions.catchUp(SECOND)).isEqualTo(3);
        order(1);
        assertThat(subscriptions.catchUp(SECOND)).isZero();
    }

    @Test
    void a_new_version_lags_only_by_what_the_serving_one_has_handled() {
        order(3);
        assertThat(subscriptions.status(FIRST).lagEvents()).isEqualTo(3);
        assertThat(subscriptions.status(SECOND).lagEvents()).isZero();
        assertThat(subscriptions.status(SECOND).lag()).isZero();

        subscriptions.catchUp(FIRST);
        order(1);
        assertThat(subscriptions.status(SECOND).lagEvents()).isEqualTo(3);
        assertThat(subscriptions.list())
                .extracting(SubscriptionStatus::name, SubscriptionStatus::lagEvents)
                .contains(tuple(FIRST, 1L), tuple(SECOND, 3L));

        projections.switchTo("shipping-list", 2);
        assertThat(subscriptions.status(SECOND).lagEvents()).isEqualTo(1);
        assertThat(subscriptions.status(FIRST).lagEvents()).isZero();
    }

    @Test
    void a_new_version_does_not_pass_a_serving_one_that_replays() {
        bothHaveHandled(2);
        subscriptions.replay(FIRST);
        subscriptions.replay(SECOND);
        Jta.committed(() -> sql.run("delete from shipping_list"));
        assertThat(subscriptions.catchUp(SECOND)).isZero();

        subscriptions.catchUp(FIRST);
        assertThat(subscriptions.catchUp(SECOND)).isEqualTo(2);
    }

    @Test
    void segments_that_wait_for_the_serving_version_are_merged_after_it_has_moved() {
        subscriptions.changeSegments(SECOND, 2);
        long last = events.append(ORDER, any(), NewEvent.of("ordered", "{}")).position();
        Jta.committed(() -> sql.run("""
                update meowmx_checkpoints set position = %1$d, live_after = %1$d
                where subscription = 'shipping-list@2' and first_slice = 0""".formatted(last)));
        Jta.committed(() -> sql.run(
                "update meowmx_checkpoints set wanted_segments = 1, merge_at = %d where subscription = 'shipping-list@2'"
                        .formatted(last)));

        subscriptions.catchUp(SECOND);
        assertThat(subscriptions.status(SECOND).segments()).hasSize(2);

        subscriptions.catchUp(FIRST);
        subscriptions.catchUp(SECOND);
        assertThat(subscriptions.status(SECOND).segments()).hasSize(1);
    }

    @Test
    void the_switch_brings_the_new_version_to_exactly_the_position_of_the_former_one() {
        order(3);
        subscriptions.catchUp(FIRST);

        projections.switchTo("shipping-list", 2);

        assertThat(listed(2)).hasSize(3).isEqualTo(listed(1));
        assertThat(position(SECOND)).isEqualTo(position(FIRST));
        assertThat(projections.serving("shipping-list")).isEqualTo(2);
        assertThat(versions.switched()).containsExactly(new ProjectionSwitched("shipping-list", 1, 2));
    }

    @Test
    void after_the_switch_the_former_version_follows() {
        bothHaveHandled(2);
        projections.switchTo("shipping-list", 2);
        order(2);

        assertThat(subscriptions.catchUp(FIRST)).isZero();
        assertThat(subscriptions.catchUp(SECOND)).isEqualTo(2);
        assertThat(subscriptions.catchUp(FIRST)).isEqualTo(2);
    }

    @Test
    void a_switch_back_is_the_same() {
        bothHaveHandled(2);
        projections.switchTo("shipping-list", 2);
        order(2);
        subscriptions.catchUp(SECOND);

        projections.switchTo("shipping-list", 1);

        assertThat(projections.serving("shipping-list")).isEqualTo(1);
        assertThat(listed(1)).hasSize(4);
        assertThat(versions.switched())
                .containsExactly(
                        new ProjectionSwitched("shipping-list", 1, 2), new ProjectionSwitched("shipping-list", 2, 1));
        assertThat(subscriptions.catchUp(SECOND)).isZero();
    }

    @Test
    void the_switch_sees_an_event_that_is_appended_meanwhile_only_later() {
        bothHaveHandled(1);
        versions.doDuringSwitch(() -> CompletableFuture.runAsync(() -> order(1)).join());

        projections.switchTo("shipping-list", 2);
        assertThat(listed(2)).hasSize(1);
        assertThat(subscriptions.catchUp(SECOND)).isEqualTo(1);
    }

    @Test
    void a_reader_sees_the_serving_version_of_its_own_transaction() {
        bothHaveHandled(1);
        versions.doDuringSwitch(
                () -> assertThat(projections.serving("shipping-list")).isEqualTo(2));
        projections.switchTo("shipping-list", 2);

        assertThat(Jta.<Integer>committed(() -> projections.serving("shipping-list")))
                .isEqualTo(2);
    }

    @Test
    void if_the_application_refuses_the_switch_nothing_is_changed() {
        order(2);
        subscriptions.catchUp(FIRST);
        versions.doDuringSwitch(() -> {
            throw new IllegalStateException("the view is in use");
        });

        assertThatThrownBy(() -> projections.switchTo("shipping-list", 2)).hasMessageContaining("the view is in use");

        assertThat(projections.serving("shipping-list")).isEqualTo(1);
        assertThat(listed(2)).isEmpty();
        assertThat(position(SECOND)).isLessThan(position(FIRST));
        assertThat(subscriptions.catchUp(SECOND)).isEqualTo(2);
    }

    @Test
    void if_the_new_version_cannot_handle_an_event_nothing_is_changed() {
        order(2);
        subscriptions.catchUp(FIRST);
        versions.poison().add("2:1");

        assertThatThrownBy(() -> projections.switchTo("shipping-list", 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("poison for version 2");
        assertThat(projections.serving("shipping-list")).isEqualTo(1);
        assertThat(listed(2)).isEmpty();
    }

    @Test
    void a_version_that_lacks_too_many_events_is_refused_with_their_number() {
        events.append(
                ORDER,
                any(),
                IntStream.range(0, Projections.MOST_MISSING + 1)
                        .mapToObj(i -> NewEvent.of("ordered", "{}"))
                        .toList());
        events.append(StreamId.of("other", "1"), any(), NewEvent.of("ordered", "{}"));
        subscriptions.catchUp(FIRST);

        assertRefused(2, "lacks 1001 events, and may lack 1000");

        subscriptions.catchUp(SECOND);
        projections.switchTo("shipping-list", 2);
    }

    @Test
    void a_version_that_serves_cannot_take_over() {
        assertRefused(1, "serves already");
    }

    @Test
    void nothing_is_taken_over_from_a_version_that_replays() {
        bothHaveHandled(2);
        subscriptions.replay(FIRST);
        assertRefused(2, "replays");

        Jta.committed(() -> sql.run("delete from shipping_list where version = 1"));
        subscriptions.catchUp(FIRST);
        projections.switchTo("shipping-list", 2);
    }

    @Test
    void nothing_is_taken_over_from_a_version_that_is_paused_unless_the_operator_wants_it() {
        bothHaveHandled(2);
        subscriptions.pause(FIRST);
        assertRefused(2, "is paused");

        projections.switchEvenIfFailing("shipping-list", 2);
        assertThat(projections.serving("shipping-list")).isEqualTo(2);
    }

    @Test
    void nothing_is_taken_over_from_a_version_that_fails_unless_the_operator_wants_it() {
        bothHaveHandled(2);
        Jta.committed(
                () -> sql.run(
                        "update meowmx_checkpoints set attempts = 1, last_failure = 'poison' where subscription = 'shipping-list'"));
        assertRefused(2, "fails at an event after position " + position(FIRST));

        projections.switchEvenIfFailing("shipping-list", 2);
        assertThat(projections.serving("shipping-list")).isEqualTo(2);
        assertThat(position(SECOND)).isEqualTo(position(FIRST));
    }

    @Test
    void a_paused_or_failing_version_takes_nothing_over() {
        bothHaveHandled(1);
        subscriptions.pause(SECOND);
        assertRefused(2, "is paused");
        subscriptions.resume(SECOND);

        Jta.committed(
                () -> sql.run("update meowmx_checkpoints set attempts = 1 where subscription = 'shipping-list@2'"));
        assertRefused(2, "fails");
    }

    @Test
    void parked_events_of_either_version_must_be_settled_first() {
        bothHaveHandled(1);
        for (String subscription : List.of(FIRST, SECOND)) {
            Jta.committed(() -> sql.run("""
                    insert into meowmx_parked_events (subscription, position, category, stream_id, version, parked_at)
                    values ('%s', 1, 'order', '1', 1, current_timestamp)""".formatted(subscription)));
            assertRefused(2, "parked events");
            subscriptions.discardParked(subscription, ORDER);
        }
        projections.switchTo("shipping-list", 2);
    }

    @Test
    void a_version_that_was_moved_too_far_takes_nothing_over() {
        order(2);
        subscriptions.pause(SECOND);
        subscriptions.reposition(SECOND, ReadFrom.now());
        subscriptions.resume(SECOND);

        assertRefused(2, "is at position");
        subscriptions.catchUp(FIRST);
        projections.switchTo("shipping-list", 2);
    }

    @Test
    void the_segments_of_the_versions_may_differ() {
        for (int i = 0; i < 40; i++) {
            events.append(StreamId.of("order", "s" + i), any(), NewEvent.of("ordered", "{}"));
        }
        subscriptions.changeSegments(FIRST, 3);
        subscriptions.changeSegments(SECOND, 2);
        String last = IntStream.range(0, 40)
                .mapToObj(i -> "s" + i)
                .filter(id -> StreamId.of("order", id).slice() >= 683)
                .findFirst()
                .orElseThrow();
        versions.poison().add("1:" + last);
        assertThatThrownBy(() -> subscriptions.catchUp(FIRST)).hasMessageContaining("poison");

        projections.switchTo("shipping-list", 2);

        assertThat(listed(2)).isEqualTo(listed(1)).isNotEmpty().hasSizeLessThan(40);
        List<Segment> first = subscriptions.status(FIRST).segments();
        assertThat(first).extracting(Segment::position).doesNotContainNull();
        for (Segment segment : subscriptions.status(SECOND).segments()) {
            assertThat(first)
                    .filteredOn(other ->
                            other.firstSlice() <= segment.lastSlice() && other.lastSlice() >= segment.firstSlice())
                    .allSatisfy(other -> assertThat(other.position()).isEqualTo(segment.position()));
        }
        assertThat(subscriptions.catchUp(SECOND)).isEqualTo(40 - listed(1).size());
    }

    @Test
    void segments_that_are_being_merged_must_meet_first() {
        subscriptions.changeSegments(FIRST, 2);
        order(1);
        Jta.committed(
                () -> sql.run(
                        "update meowmx_checkpoints set wanted_segments = 1, merge_at = 1 where subscription = 'shipping-list'"));
        assertRefused(2, "merging segments");
    }

    @Test
    void a_version_that_does_not_serve_is_retired() {
        bothHaveHandled(1);
        assertThatThrownBy(() -> projections.retire("shipping-list", 1))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("serves readers");

        projections.switchTo("shipping-list", 2);
        assertThat(projections.retire("shipping-list", 1))
                .contains("Version 1 of projection 'shipping-list' is retired", "Version 2 serves");

        assertThat(subscriptions.status(FIRST).state()).isEqualTo(State.REMOVED);
        assertThatThrownBy(() -> projections.switchTo("shipping-list", 1))
                .isInstanceOf(UnknownSubscriptionException.class);
        order(1);
        assertThat(subscriptions.catchUp(SECOND)).isEqualTo(1);
        assertThat(listed(1)).hasSize(1);
    }

    @Test
    void a_retired_version_can_be_built_again() {
        bothHaveHandled(2);
        projections.retire("shipping-list", 2);
        Jta.committed(() -> sql.run("delete from shipping_list where version = 2"));
        subscriptions.resume(SECOND);

        assertThat(subscriptions.catchUp(SECOND)).isEqualTo(2);
        projections.switchTo("shipping-list", 2);
    }

    @Test
    void a_handler_cannot_switch_its_own_projection() {
        order(1);
        versions.doDuringTurn(() -> projections.switchTo("shipping-list", 2));
        assertThatThrownBy(() -> subscriptions.catchUp(FIRST))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wait for the turn");
    }

    @Test
    void who_is_notified_of_a_switch_can_control_neither_version() {
        bothHaveHandled(1);
        for (String subscription : List.of(FIRST, SECOND)) {
            versions.doDuringSwitch(() -> subscriptions.pause(subscription));
            assertThatThrownBy(() -> projections.switchTo("shipping-list", 2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("wait for the turn");
        }
        assertThat(projections.serving("shipping-list")).isEqualTo(1);
    }

    @Test
    void a_requested_operation_of_either_version_is_carried_out_first() {
        bothHaveHandled(1);
        for (String subscription : List.of(FIRST, SECOND)) {
            request(subscription, "'replay'");
            assertRefused(2, "has the requested operation 'replay'");
            assertThat(subscriptions.status(subscription).operation()).isEqualTo("replay");
            request(subscription, "null");
        }
        projections.switchTo("shipping-list", 2);
    }

    private void request(String subscription, String operation) {
        Jta.committed(() ->
                sql.run("update meowmx_checkpoints set operation = %s, operation_id = origin where subscription = '%s'"
                        .formatted(operation, subscription)));
    }

    @Test
    void readers_of_their_own_writes_wait_for_the_version_that_serves() {
        bothHaveHandled(1);
        projections.switchTo("shipping-list", 2);
        order(1);
        assertThat(subscriptions.await(FIRST, 2, Duration.ZERO)).isFalse();

        subscriptions.catchUp(SECOND);
        assertThat(subscriptions.await(FIRST, 2, Duration.ZERO)).isTrue();

        projections.retire("shipping-list", 1);
        assertThat(subscriptions.await(FIRST, 2, Duration.ZERO)).isTrue();
    }

    @Test
    void the_status_says_how_far_a_build_is() {
        order(4);
        subscriptions.catchUp(FIRST);

        SubscriptionStatus.Version building = subscriptions.status(SECOND).version();
        assertThat(building).isNotNull();
        assertThat(building.projection()).isEqualTo("shipping-list");
        assertThat(building.number()).isEqualTo(2);
        assertThat(building.serving()).isEqualTo(1);
        assertThat(building.distance()).isEqualTo(position(FIRST) - position(SECOND));

        subscriptions.catchUp(SECOND);
        assertThat(subscriptions.status(SECOND).version().distance()).isZero();
        assertThat(subscriptions.status(FIRST).version().isServing()).isTrue();
    }
}
