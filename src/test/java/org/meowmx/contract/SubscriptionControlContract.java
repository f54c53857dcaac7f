package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.TransactionalException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.EventStore;
import org.meowmx.InvalidEventException;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.FailingCommit;
import org.meowmx.subscription.EventPage;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.SubscriptionRepositioned;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.Segment;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.transaction.OutcomeUnknownException;

/** The status and the control of a subscription: pause, position, segments, waiting. */
abstract class SubscriptionControlContract {

    /** Configuration that the contract counts on. */
    static final String FOUR_SEGMENTS = "meowmx.subscription.sharded.segments=4";

    static final String FROM_NOW = "meowmx.subscription.late.start=now";
    private static final String LONG_NAME = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    static final String SMALL = "meowmx.subscription.pages.batch-size=10";

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Handlers handlers;

    /** The observers of the contract. */
    @ApplicationScoped
    static class Handlers {

        private final List<RecordedEvent> seen = new CopyOnWriteArrayList<>();
        private final List<String> pages = new CopyOnWriteArrayList<>();
        private final List<SubscriptionRepositioned> repositioned = new CopyOnWriteArrayList<>();
        private final List<SubscriptionRepositioned> committed = new CopyOnWriteArrayList<>();
        private volatile Runnable duringTurn = () -> {};
        private volatile Runnable duringMove = () -> {};

        List<RecordedEvent> seen() {
            return seen;
        }

        List<String> pages() {
            return pages;
        }

        List<SubscriptionRepositioned> repositioned() {
            return repositioned;
        }

        List<SubscriptionRepositioned> committed() {
            return committed;
        }

        @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
        TransactionSynchronizationRegistry transaction;

        void doDuringTurn(Runnable work) {
            duringTurn = work;
        }

        void doDuringMove(Runnable work) {
            duringMove = work;
        }

        void sharded(@Observes @Subscribed("sharded") RecordedEvent event) {
            duringTurn.run();
            seen.add(event);
        }

        void late(@Observes @Subscribed("late") RecordedEvent event) {
            seen.add(event);
        }

        void single(@Observes @Subscribed("pages") RecordedEvent event) {
            duringTurn.run();
            pages.add("single");
        }

        void page(@Observes @Subscribed("pages") EventPage page) {
            pages.add(page.subscription() + " page of " + page.events().size());
        }

        void moved(@Observes SubscriptionRepositioned notification) {
            repositioned.add(notification);
            duringMove.run();
        }

        void giveUp() {
            transaction.setRollbackOnly();
        }

        void failAtCommit() {
            transaction.registerInterposedSynchronization(new FailingCommit("too late"));
        }

        void movedForGood(@Observes(during = TransactionPhase.AFTER_SUCCESS) SubscriptionRepositioned notification) {
            committed.add(notification);
        }
    }

    private RecordedEvent append(int stream) {
        return events.append(StreamId.of("test", stream), any(), NewEvent.of("noted", "{}"))
                .last();
    }

    private void append(int streams, int eventsEach) {
        for (int i = 0; i < eventsEach; i++) {
            for (int stream = 0; stream < streams; stream++) {
                append(stream);
            }
        }
    }

    private List<Segment> segments() {
        return subscriptions.status("sharded").segments();
    }

    /** Asserts that every event was handled once, and those of each stream in order. */
    private void assertHandledOnceInOrder() {
        List<Long> positions =
                handlers.seen().stream().map(RecordedEvent::position).toList();
        assertThat(positions).doesNotHaveDuplicates();
        assertThat(positions).hasSize((int) events.scan(LogQuery.all()).count());
        handlers.seen().stream().map(RecordedEvent::stream).distinct().forEach(stream -> assertThat(
                        handlers.seen().stream()
                                .filter(event -> event.stream().equals(stream))
                                .map(RecordedEvent::version))
                .isSorted());
    }

    @Test
    void a_subscription_begins_with_the_segments_of_its_configuration() {
        assertThat(segments()).extracting(Segment::firstSlice).containsExactly(0, 256, 512, 768);
        assertThat(segments()).extracting(Segment::lastSlice).containsExactly(255, 511, 767, 1023);
        append(40, 3);

        assertThat(subscriptions.catchUp("sharded")).isEqualTo(120);
        assertHandledOnceInOrder();
        assertThat(segments()).allMatch(segment -> segment.position() == events.highWaterMark());
        assertThat(segments()).allMatch(segment -> segment.node() != null);
    }

    @Test
    void a_subscription_may_go_on_from_now() {
        append(1);
        subscriptions.pause("late");
        subscriptions.reposition("late", ReadFrom.now());
        assertThat(subscriptions.status("late").position()).isEqualTo(1);
        append(1);

        assertThat(subscriptions.catchUp("late")).isEqualTo(1);
    }

    @Test
    void pages_come_after_single_events() {
        append(1, 12);
        subscriptions.catchUp("pages");

        assertThat(handlers.pages()).hasSize(14);
        assertThat(handlers.pages().get(10)).isEqualTo("pages page of 10");
        assertThat(handlers.pages().get(13)).isEqualTo("pages page of 2");
    }

    @Test
    void the_status_tells_how_far_behind_it_is() {
        subscriptions.catchUp("sharded");
        assertThat(subscriptions.status("sharded").lagEvents()).isZero();
        assertThat(subscriptions.status("sharded").lag()).isZero();
        events.append(
                StreamId.of("test", 1L),
                any(),
                NewEvent.of("noted", "{}").withRecordedAt(Instant.now().minusSeconds(60)));
        append(2);

        SubscriptionStatus status = subscriptions.status("sharded");
        assertThat(status.lagEvents()).isEqualTo(2);
        assertThat(status.lag()).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(120));
        assertThat(status.state()).isEqualTo(State.RUNNING);
        assertThat(status.declared()).isTrue();
        assertThat(subscriptions.list())
                .extracting(SubscriptionStatus::name)
                .containsExactly("late", "pages", "sharded");
    }

    @Test
    void a_pause_is_seen_and_ends() {
        subscriptions.pause("sharded");
        assertThat(subscriptions.status("sharded").state()).isEqualTo(State.PAUSED);

        subscriptions.resume("sharded");
        assertThat(subscriptions.status("sharded").state()).isEqualTo(State.RUNNING);
        assertThatThrownBy(() -> subscriptions.pause("unknown")).isInstanceOf(UnknownSubscriptionException.class);
    }

    @Test
    void only_a_paused_subscription_is_repositioned() {
        append(3, 2);
        subscriptions.catchUp("sharded");
        assertThatThrownBy(() -> subscriptions.reposition("sharded", ReadFrom.beginning()))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("pause it");

        subscriptions.pause("sharded");
        List<String> cleared = new ArrayList<>();
        subscriptions.reposition("sharded", ReadFrom.after(4), () -> cleared.add("cleared"));
        subscriptions.resume("sharded");

        assertThat(cleared).hasSize(1);
        assertThat(subscriptions.catchUp("sharded")).isEqualTo(2);
        assertThat(handlers.repositioned()).containsExactly(new SubscriptionRepositioned("sharded", 4, 0));
    }

    @Test
    void a_subscription_is_repositioned_to_a_time() {
        Instant noon = Instant.parse("2024-01-01T12:00:00Z");
        for (int i = 0; i < 4; i++) {
            events.append(
                    StreamId.of("test", i), any(), NewEvent.of("noted", "{}").withRecordedAt(noon.plusSeconds(i)));
        }
        subscriptions.pause("sharded");
        subscriptions.reposition("sharded", ReadFrom.time(noon.plusSeconds(2)));

        assertThat(subscriptions.catchUp("sharded")).isEqualTo(2);

        subscriptions.reposition("sharded", ReadFrom.time(noon.plusSeconds(2).plusNanos(1)));
        assertThat(subscriptions.catchUp("sharded")).isEqualTo(1);

        subscriptions.reposition("sharded", ReadFrom.time(Instant.MIN));
        assertThat(subscriptions.catchUp("sharded")).isEqualTo(4);

        subscriptions.reposition("sharded", ReadFrom.time(Instant.MAX));
        assertThat(subscriptions.catchUp("sharded")).isZero();
    }

    @Test
    void nobody_is_positioned_beyond_the_mark() {
        append(3, 1);
        subscriptions.pause("sharded");
        subscriptions.reposition("sharded", ReadFrom.after(1_000_000));
        assertThat(subscriptions.status("sharded").position()).isEqualTo(events.highWaterMark());

        subscriptions.reposition("sharded", ReadFrom.time(Instant.now().plusSeconds(3_600)));
        append(1);
        assertThat(subscriptions.catchUp("sharded")).isEqualTo(1);
    }

    @Test
    void a_clear_that_fails_moves_nothing() {
        append(1);
        subscriptions.catchUp("sharded");

        assertThatThrownBy(() -> subscriptions.replay("sharded", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessageContaining("no");
        assertThat(subscriptions.catchUp("sharded")).isZero();
    }

    @Test
    void observers_of_a_move_are_called_in_its_transaction_after_the_callback() {
        StreamId effect = StreamId.of("effect", 1L);
        append(1);
        subscriptions.catchUp("late");
        List<String> called = new ArrayList<>();
        handlers.doDuringMove(() -> {
            called.add("observer");
            events.append(effect, any(), NewEvent.of("emptied", "{}"));
            assertThat(handlers.committed()).as("not yet").isEmpty();
        });

        subscriptions.replay("late", () -> called.add("callback"));

        assertThat(called).containsExactly("callback", "observer");
        assertThat(handlers.committed()).containsExactly(new SubscriptionRepositioned("late", 0, 0));
        assertThat(events.read(effect).version()).isEqualTo(1);
        assertThat(subscriptions.catchUp("late")).isEqualTo(2);
    }

    @Test
    void an_observer_of_a_move_that_fails_rolls_all_of_it_back() {
        StreamId effect = StreamId.of("effect", 1L);
        append(1);
        subscriptions.catchUp("late");
        handlers.doDuringMove(() -> {
            events.append(effect, any(), NewEvent.of("emptied", "{}"));
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> subscriptions.replay("late")).hasMessageContaining("no");

        assertThat(events.read(effect).isEmpty()).isTrue();
        assertThat(subscriptions.catchUp("late")).as("it stayed where it was").isZero();
        assertThat(handlers.committed()).isEmpty();
    }

    @Test
    void who_takes_part_in_a_turn_or_a_move_cannot_control_the_subscription() {
        append(1);
        handlers.doDuringTurn(() -> subscriptions.pause("sharded"));
        assertThatThrownBy(() -> subscriptions.catchUp("sharded"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot control it");

        handlers.doDuringTurn(() -> {});
        assertThatThrownBy(() -> subscriptions.replay("sharded", () -> subscriptions.resume("sharded")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot control it");
        assertThat(subscriptions.catchUp("sharded")).isEqualTo(1);
    }

    @Test
    void who_takes_part_in_a_turn_can_neither_rename_nor_delete_the_subscription() {
        append(1);
        List<Runnable> forbidden = List.of(
                () -> subscriptions.delete("sharded"),
                () -> subscriptions.rename("sharded", "other"),
                () -> subscriptions.rename("other", "sharded"));
        for (Runnable work : forbidden) {
            handlers.doDuringTurn(work);
            assertThatThrownBy(() -> subscriptions.catchUp("sharded"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot control it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\0b", "a\nb", LONG_NAME})
    void a_subscription_has_a_name_like_a_stream(String name) {
        assertThatThrownBy(() -> subscriptions.rename("sharded", name))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("name"));
    }

    @Test
    void an_unknown_subscription_is_unknown_to_every_question() {
        assertThatThrownBy(() -> subscriptions.parked("nope")).isInstanceOf(UnknownSubscriptionException.class);
        assertThatThrownBy(() -> subscriptions.discardParked("nope", StreamId.of("test", 1L)))
                .isInstanceOf(UnknownSubscriptionException.class);
        assertThatThrownBy(() -> subscriptions.status("nope")).isInstanceOf(UnknownSubscriptionException.class);
    }

    @Test
    void nothing_is_renamed_to_what_it_is_called() {
        assertThatThrownBy(() -> subscriptions.rename("sharded", "sharded"))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("has that name already");
    }

    @Test
    void a_turn_is_short_however_slow_the_observers_are() {
        append(1, 3);
        List<Long> committed = new ArrayList<>();
        handlers.doDuringTurn(() -> {
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
            committed.add(segment(StreamId.of("test", 0L)).position());
        });
        assertThat(subscriptions.catchUp("sharded")).isEqualTo(3);
        assertThat(committed).containsExactly(0L, 1L, 2L);

        append(1, 3);
        committed.clear();
        handlers.doDuringTurn(
                () -> committed.add(segment(StreamId.of("test", 0L)).position()));
        assertThat(subscriptions.catchUp("sharded")).isEqualTo(3);
        assertThat(committed).containsExactly(3L, 3L, 3L);
        assertHandledOnceInOrder();
    }

    @Test
    void a_page_has_what_its_turn_handled_before_it_ended_early() {
        append(1, 3);
        handlers.doDuringTurn(() -> LockSupport.parkNanos(Duration.ofMillis(250).toNanos()));
        subscriptions.catchUp("pages");

        String page = "pages page of 1";
        assertThat(handlers.pages()).containsExactly("single", page, "single", page, "single", page);
    }

    private Segment segment(StreamId stream) {
        return segments().stream()
                .filter(segment -> stream.slice() <= segment.lastSlice())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_move_that_is_not_committed_is_told_as_such() {
        append(1);
        subscriptions.catchUp("sharded");

        handlers.doDuringMove(handlers::giveUp);
        assertThatThrownBy(() -> subscriptions.replay("sharded"))
                .isInstanceOf(TransactionalException.class)
                .hasMessageContaining("marked for rollback");
        handlers.doDuringMove(handlers::failAtCommit);
        assertThatThrownBy(() -> subscriptions.replay("sharded"))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("not committed")
                .hasStackTraceContaining("too late");
        assertThat(subscriptions.status("sharded").position()).isEqualTo(1);
    }

    @Test
    void a_replay_gives_the_same_sequence() {
        append(5, 4);
        subscriptions.catchUp("late");
        subscriptions.replay("late", () -> handlers.seen().clear());
        subscriptions.catchUp("late");
        List<RecordedEvent> first = List.copyOf(handlers.seen());
        subscriptions.replay("late", () -> handlers.seen().clear());
        subscriptions.catchUp("late");

        assertThat(first).hasSize(20);
        assertThat(handlers.seen()).isEqualTo(first);
    }

    @Test
    void splitting_copies_the_positions() {
        append(20, 2);
        subscriptions.catchUp("sharded");
        append(20, 2);
        subscriptions.changeSegments("sharded", 8);

        assertThat(segments()).hasSize(8);
        subscriptions.catchUp("sharded");
        assertHandledOnceInOrder();
    }

    @Test
    void a_pause_outlasts_a_change_of_segments() {
        append(20, 1);
        subscriptions.pause("sharded");
        subscriptions.changeSegments("sharded", 8);
        assertThat(subscriptions.status("sharded").state()).isEqualTo(State.PAUSED);
        subscriptions.changeSegments("sharded", 1);
        assertThat(subscriptions.status("sharded").state()).isEqualTo(State.PAUSED);
    }

    /** Lets only the first segment handle its events. */
    private void standApart() {
        append(20, 2);
        long first = events.scan(LogQuery.all())
                .filter(event -> event.stream().slice() < 256)
                .count();
        handlers.doDuringTurn(() -> assertThat(handlers.seen().size()).isLessThan((int) first));
        assertThatThrownBy(() -> subscriptions.catchUp("sharded")).isInstanceOf(AssertionError.class);
        handlers.doDuringTurn(() -> {});
        assertThat(segments()).extracting(Segment::position).containsExactly(40L, 0L, 0L, 0L);
    }

    @Test
    void joining_waits_for_the_slower_segments() {
        standApart();
        append(20, 2);
        subscriptions.changeSegments("sharded", 3);

        assertThat(segments()).extracting(Segment::firstSlice).containsExactly(0, 256, 512, 768);
        assertThat(subscriptions.status("sharded").wantedSegments()).isEqualTo(3);
        assertThat(subscriptions.status("sharded").state()).isEqualTo(State.RUNNING);
        subscriptions.catchUp("sharded");
        assertThat(segments()).extracting(Segment::firstSlice).containsExactly(0, 341, 682);
        assertThat(subscriptions.status("sharded").wantedSegments()).isEqualTo(3);
        assertThat(subscriptions.status("sharded").lagEvents()).isZero();
        assertHandledOnceInOrder();
    }

    @Test
    void a_join_is_taken_back_by_as_many_segments_as_there_are() {
        standApart();
        subscriptions.changeSegments("sharded", 1);
        subscriptions.changeSegments("sharded", 4);

        assertThat(subscriptions.status("sharded").wantedSegments()).isEqualTo(4);
        subscriptions.catchUp("sharded");
        assertThat(segments()).hasSize(4);
        assertHandledOnceInOrder();
    }

    @Test
    void segments_that_are_to_be_joined_meet_where_they_are_moved_to() {
        standApart();
        subscriptions.changeSegments("sharded", 1);

        subscriptions.replay("sharded", () -> handlers.seen().clear());

        assertThat(subscriptions.catchUp("sharded")).isEqualTo(40);
        assertThat(segments()).hasSize(1);
        assertHandledOnceInOrder();
    }

    @Test
    void there_are_at_most_as_many_segments_as_slices() {
        assertThatThrownBy(() -> subscriptions.changeSegments("sharded", 1025))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void waiting_ends_when_the_position_is_handled() {
        long position = append(1).position();
        assertThat(subscriptions.status("sharded").lagEvents()).isEqualTo(1);
        assertThat(subscriptions.await("sharded", position, Duration.ofMillis(20)))
                .isFalse();

        subscriptions.catchUp("sharded");

        assertThat(subscriptions.await("sharded", position, Duration.ofSeconds(20)))
                .isTrue();
        assertThatThrownBy(() -> Jta.rolledBack(() -> subscriptions.await("sharded", 1, Duration.ofSeconds(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outside of a transaction");
    }
}
