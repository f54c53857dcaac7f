package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.InvalidEventException;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.Sql;
import org.meowmx.subscription.EventParked;
import org.meowmx.subscription.OperationPendingException;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.SubscriptionFailed;
import org.meowmx.subscription.SubscriptionRecovered;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.lease.ExternalSubscription;
import org.meowmx.subscription.lease.ExternalSubscription.Creation;
import org.meowmx.subscription.lease.ExternalSubscription.Failures;
import org.meowmx.subscription.lease.Lease;
import org.meowmx.subscription.lease.LeaseDelivery;
import org.meowmx.subscription.lease.LeaseLostException;
import org.meowmx.subscription.lease.LeaseRequest;
import org.meowmx.subscription.lease.Leases;

/** Workers outside of the JVM lease pages of an external subscription, acknowledge them, fail, and crash. */
abstract class LeaseContract {

    private static final String NAME = "mailer";
    private static final Failures PARKING = new Failures(true, 2, Duration.ofSeconds(1), Duration.ofMinutes(1));

    @Inject
    EventStore events;

    @Inject
    Leases leases;

    @Inject
    LeaseDelivery delivery;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Sql sql;

    @Inject
    Seen seen;

    /** Observers of the engine's notifications, and an ordinary subscription. */
    @ApplicationScoped
    static class Seen {

        private final List<Object> notifications = new CopyOnWriteArrayList<>();
        private volatile Runnable afterFailure = () -> {};

        void afterFailure(Runnable work) {
            afterFailure = work;
        }

        List<Object> notifications() {
            return notifications;
        }

        void failed(@Observes SubscriptionFailed failed) {
            notifications.add(failed);
            afterFailure.run();
        }

        void parked(@Observes EventParked parked) {
            notifications.add(parked);
        }

        void recovered(@Observes SubscriptionRecovered recovered) {
            notifications.add(recovered);
        }

        void observed(@Observes @Subscribed("observed") RecordedEvent event) {}
    }

    private void append(String stream, int count) {
        for (int i = 0; i < count; i++) {
            events.append(StreamId.of("mail", stream), any(), NewEvent.of("noted", "{}"));
        }
    }

    private void declare(Failures failures, int segments) {
        leases.declare(ExternalSubscription.of(NAME)
                .inCategory("mail")
                .with(failures)
                .with(new Creation(segments, ReadFrom.beginning())));
    }

    private void declare() {
        declare(Failures.DEFAULT, 1);
    }

    private Optional<Lease> lease(int max) {
        return leases.lease(NAME, new LeaseRequest(max, Duration.ofSeconds(30), "ann"));
    }

    private Lease leased(int max) {
        return lease(max).orElseThrow(() -> new AssertionError("nothing to lease: " + status()));
    }

    private SubscriptionStatus status() {
        return subscriptions.status(NAME);
    }

    private void expire() {
        setLeaseUntil("2001-01-01T00:00:00Z");
    }

    private void setLeaseUntil(String time) {
        Jta.committed(() -> {
            sql.update(
                    "update meowmx_checkpoints set lease_until = ? where lease_id is not null",
                    Instant.parse(time).atOffset(ZoneOffset.UTC));
            return null;
        });
    }

    private void letRetryBecomeDue() {
        Jta.committed(() -> sql.run("update meowmx_checkpoints set retry_at = null"));
    }

    private static List<String> names(Lease lease) {
        return lease.events().stream()
                .map(event -> event.stream().id() + event.version())
                .toList();
    }

    private long position(Lease lease, int event) {
        return lease.events().get(event).position();
    }

    private void assertLost(UUID lease) {
        long before = status().position();
        assertThatThrownBy(() -> leases.acknowledge(NAME, lease)).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> leases.acknowledge(NAME, lease, 0)).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> leases.extend(NAME, lease, Duration.ofSeconds(5)))
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> leases.fail(NAME, lease, 1, "late")).isInstanceOf(LeaseLostException.class);
        assertThat(status().position()).isEqualTo(before);
        assertThat(status().segments().get(0).attempts()).isLessThan(3);
    }

    @Test
    void a_page_is_leased_once_and_acknowledged() {
        declare();
        append("a", 3);

        Lease lease = leased(2);
        assertThat(names(lease)).containsExactly("a1", "a2");
        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(lease(2)).isEmpty();
        assertThat(delivery.withWork(List.of(NAME))).isEmpty();
        assertThat(status().segments().get(0).lease())
                .isEqualTo(new SubscriptionStatus.Lease("ann", lease.lastPosition(), lease.until()));

        leases.acknowledge(NAME, lease.id());
        assertThat(status().position()).isEqualTo(lease.lastPosition());
        assertThat(status().segments().get(0).lease()).isNull();
        assertThat(delivery.withWork(List.of(NAME))).containsOnlyKeys(NAME);
        assertThat(names(leased(2))).containsExactly("a3");
        assertLost(lease.id());
    }

    @Test
    void an_external_subscription_is_declared_and_not_an_orphan() {
        declare();

        assertThat(status().declared()).isTrue();
        assertThat(status().external()).isTrue();
        assertThat(subscriptions.list()).extracting(SubscriptionStatus::name).contains(NAME);
        assertThat(leases.declare(ExternalSubscription.of(NAME))).isFalse();
        assertThat(leases.declare(ExternalSubscription.of("another"))).isTrue();
    }

    @Test
    void the_name_of_an_observer_is_refused() {
        assertThatThrownBy(() -> leases.declare(ExternalSubscription.of("observed")))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("observer");
        assertThatThrownBy(() -> leases.lease("observed", new LeaseRequest(1, Duration.ofSeconds(1), "ann")))
                .isInstanceOf(UnknownSubscriptionException.class);
    }

    @Test
    void only_requested_events_are_leased() {
        leases.declare(ExternalSubscription.of(NAME).inCategory("mail").ofTypes("sent"));
        append("a", 2);
        events.append(StreamId.of("mail", "a"), any(), NewEvent.of("sent", "{}"));
        events.append(StreamId.of("order", "a"), any(), NewEvent.of("sent", "{}"));

        assertThat(names(leased(10))).containsExactly("a3");
    }

    @Test
    void events_are_acknowledged_up_to_a_position() {
        declare();
        append("a", 3);
        Lease lease = leased(10);

        leases.acknowledge(NAME, lease.id(), position(lease, 1));
        assertThat(status().position()).isEqualTo(position(lease, 1));
        assertThat(lease(10)).isEmpty();
        // already acknowledged
        leases.acknowledge(NAME, lease.id(), position(lease, 0));
        assertThat(status().position()).isEqualTo(position(lease, 1));
        assertThatThrownBy(() -> leases.acknowledge(NAME, lease.id(), lease.lastPosition() + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("position must be at most");

        leases.acknowledge(NAME, lease.id(), lease.lastPosition());
        assertThat(lease(10)).isEmpty();
        assertLost(lease.id());
    }

    @Test
    void a_late_acknowledgement_changes_nothing() {
        declare();
        append("a", 2);
        Lease late = leased(2);
        expire();
        assertLost(late.id());

        Lease next = leased(2);
        assertLost(late.id());
        leases.acknowledge(NAME, next.id());
    }

    @Test
    void an_extended_lease_expires_later() {
        declare();
        append("a", 1);
        Lease lease = leased(1);

        Instant until = leases.extend(NAME, lease.id(), Duration.ofMinutes(50));
        assertThat(until).isAfter(lease.until().plus(Duration.ofMinutes(40)));
        assertThat(status().segments().get(0).lease())
                .extracting(SubscriptionStatus.Lease::until)
                .isEqualTo(until);
        leases.acknowledge(NAME, lease.id());
    }

    @Test
    void a_failure_acknowledges_what_comes_before_and_is_retried_alone() {
        declare();
        append("a", 4);
        Lease lease = leased(10);

        leases.fail(NAME, lease.id(), position(lease, 2), "no such customer");
        assertThat(status().state()).isEqualTo(State.FAILING);
        assertThat(status().segments().get(0).attempts()).isEqualTo(1);
        assertThat(status().segments().get(0).lastFailure()).isEqualTo("no such customer");
        assertThat(lease(10)).isEmpty();
        assertThat(delivery.withWork(List.of(NAME))).isEmpty();
        assertLost(lease.id());

        letRetryBecomeDue();
        Lease retry = leased(10);
        assertThat(names(retry)).containsExactly("a3");
        assertThat(retry.attempt()).isEqualTo(2);
        leases.acknowledge(NAME, retry.id());
        assertThat(status().state()).isEqualTo(State.RUNNING);
        assertThat(names(leased(10))).containsExactly("a4");
        assertThat(seen.notifications())
                .hasExactlyElementsOfTypes(SubscriptionFailed.class, SubscriptionRecovered.class);
    }

    @Test
    void only_an_event_of_the_lease_can_fail() {
        declare();
        append("a", 3);
        Lease lease = leased(2);
        leases.acknowledge(NAME, lease.id(), position(lease, 0));

        for (long position : new long[] {0, position(lease, 0), lease.lastPosition() + 1}) {
            assertThatThrownBy(() -> leases.fail(NAME, lease.id(), position, "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("position must be that of an event");
        }
        assertThat(status().segments().get(0).attempts()).isZero();
        leases.acknowledge(NAME, lease.id());
    }

    @Test
    void a_poison_event_is_parked_with_the_later_events_of_its_stream() {
        declare(PARKING, 1);
        append("bad", 2);
        append("good", 1);
        append("bad", 1);
        append("good", 1);

        Lease first = leased(10);
        leases.fail(NAME, first.id(), position(first, 0), "poison");
        letRetryBecomeDue();
        Lease second = leased(10);
        leases.fail(NAME, second.id(), position(second, 0), "poison");

        Lease rest = leased(10);
        assertThat(names(rest)).containsExactly("good1", "good2");
        leases.acknowledge(NAME, rest.id());
        assertThat(lease(10)).isEmpty();
        assertThat(subscriptions.parked(NAME)).singleElement().satisfies(parked -> {
            assertThat(parked.stream().id()).isEqualTo("bad");
            assertThat(parked.events()).isEqualTo(3);
            assertThat(parked.failure()).isEqualTo("poison");
        });
        assertThat(seen.notifications()).hasExactlyElementsOfTypes(SubscriptionFailed.class, EventParked.class);
    }

    @Test
    void an_expired_lease_of_one_event_is_an_attempt_of_it() {
        declare(PARKING, 1);
        append("bad", 1);
        append("good", 1);

        leased(1);
        expire();
        assertThat(lease(10)).as("waits for its retry").isEmpty();
        assertThat(status().segments().get(0).attempts()).isEqualTo(1);
        assertThat(status().segments().get(0).lastFailure()).contains("expired").contains("ann");
        letRetryBecomeDue();
        assertThat(names(leased(10))).containsExactly("bad1");
        expire();

        assertThat(names(leased(10))).as("bad1 is parked").containsExactly("good1");
        assertThat(subscriptions.parked(NAME)).hasSize(1);
    }

    @Test
    void after_an_expired_lease_of_several_events_each_is_leased_alone_and_none_is_blamed() {
        declare(PARKING, 1);
        append("a", 3);
        append("b", 2);
        Lease lease = leased(3);
        leases.acknowledge(NAME, lease.id(), position(lease, 0));
        expire();

        for (String name : List.of("a2", "a3")) {
            Lease alone = leased(10);
            assertThat(names(alone)).containsExactly(name);
            assertThat(alone.attempt()).isEqualTo(1);
            leases.acknowledge(NAME, alone.id());
        }
        assertThat(names(leased(10))).containsExactly("b1", "b2");
        assertThat(subscriptions.parked(NAME)).isEmpty();
    }

    @Test
    void a_lease_that_was_given_back_counts_no_attempt() {
        declare();
        append("a", 2);
        Lease lease = leased(1);

        delivery.giveBack(NAME, lease.id());
        delivery.giveBack(NAME, lease.id());
        Lease again = leased(2);
        assertThat(names(again)).containsExactly("a1", "a2");
        assertThat(again.attempt()).isEqualTo(1);
        delivery.giveBack(NAME, lease.id());
        leases.acknowledge(NAME, again.id());
    }

    @Test
    void a_paused_subscription_leases_nothing_and_lets_a_lease_be_acknowledged() {
        declare();
        append("a", 2);
        Lease lease = leased(1);
        subscriptions.pause(NAME);

        leases.acknowledge(NAME, lease.id());
        assertThat(lease(1)).isEmpty();
        subscriptions.resume(NAME);
        assertThat(names(leased(1))).containsExactly("a2");
    }

    @Test
    void moving_the_subscription_ends_the_lease() {
        declare();
        append("a", 2);
        Lease replaced = leased(2);
        subscriptions.replay(NAME);
        assertLost(replaced.id());

        Lease again = leased(2);
        subscriptions.pause(NAME);
        subscriptions.reposition(NAME, ReadFrom.after(position(again, 0)));
        assertLost(again.id());
        subscriptions.resume(NAME);
        assertThat(names(leased(2))).containsExactly("a2");
    }

    @Test
    void another_filter_ends_the_lease_because_its_page_may_lack_events() {
        leases.declare(ExternalSubscription.of(NAME).inCategory("mail").ofTypes("sent"));
        append("a", 1);
        events.append(StreamId.of("mail", "a"), any(), NewEvent.of("sent", "{}"));
        Lease lease = leased(2);

        declare();
        assertLost(lease.id());
        assertThat(names(leased(2))).containsExactly("a1", "a2");
    }

    @Test
    void an_unchanged_declaration_keeps_the_lease() {
        declare();
        append("a", 1);
        Lease lease = leased(1);
        declare(PARKING, 4);
        leases.acknowledge(NAME, lease.id());
        assertThat(status().segments()).hasSize(1);
    }

    @Test
    void it_is_renamed_with_its_position() {
        declare();
        append("a", 2);
        leases.acknowledge(NAME, leased(1).id());
        Lease lease = leased(1);
        subscriptions.rename(NAME, "sender");

        assertThatThrownBy(() -> leases.acknowledge("sender", lease.id())).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> leases.acknowledge(NAME, lease.id())).isInstanceOf(LeaseLostException.class);
        assertThat(leases.lease("sender", new LeaseRequest(5, Duration.ofSeconds(30), "ann")))
                .hasValueSatisfying(page -> assertThat(names(page)).containsExactly("a2"));
        assertThatThrownBy(() -> lease(1)).isInstanceOf(UnknownSubscriptionException.class);
        assertThatThrownBy(this::declare)
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("renamed to 'sender'");
    }

    @Test
    void it_is_deleted_with_its_lease_and_comes_back_only_on_purpose() {
        declare();
        append("a", 1);
        Lease lease = leased(1);
        subscriptions.delete(NAME);

        assertThatThrownBy(() -> leases.acknowledge(NAME, lease.id())).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> lease(1)).isInstanceOf(UnknownSubscriptionException.class);
        assertThatThrownBy(this::declare)
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("deleted");
        subscriptions.resume(NAME);
        declare();
        assertThat(names(leased(1))).containsExactly("a1");
    }

    @Test
    void segments_take_turns_and_keep_the_order_of_streams() {
        declare(Failures.DEFAULT, 4);
        for (int i = 0; i < 40; i++) {
            append(UUID.nameUUIDFromBytes(new byte[] {(byte) i}).toString(), 2);
        }
        Set<Integer> segments = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            segments.add(leased(5).firstSlice());
        }
        assertThat(segments).containsExactlyInAnyOrder(0, 256, 512, 768);
        assertThat(lease(5)).isEmpty();
    }

    @Test
    void a_split_waits_for_the_end_of_a_lease() {
        declare();
        append("a", 2);
        append("b", 2);
        Lease lease = leased(3);

        subscriptions.changeSegments(NAME, 4);
        assertThat(status().segments()).hasSize(1);
        leases.acknowledge(NAME, lease.id());
        Lease next = leased(3);
        assertThat(names(next)).containsExactly("b2");
        assertThat(status().segments()).hasSize(4);
        assertThat(status().wantedSegments()).isEqualTo(4);
        leases.acknowledge(NAME, next.id());
    }

    @Test
    void a_merge_waits_for_the_end_of_all_leases() {
        declare(Failures.DEFAULT, 2);
        for (int i = 0; i < 10; i++) {
            append("s" + i, 2);
        }
        Lease one = leased(3);
        Lease other = leased(3);
        subscriptions.changeSegments(NAME, 1);
        leases.acknowledge(NAME, one.id());
        leases.acknowledge(NAME, other.id());

        List<String> rest = new ArrayList<>(names(one));
        rest.addAll(names(other));
        for (Optional<Lease> next = lease(5); next.isPresent(); next = lease(5)) {
            rest.addAll(names(next.get()));
            leases.acknowledge(NAME, next.get().id());
        }
        assertThat(status().segments()).hasSize(1);
        assertThat(rest).hasSize(20).doesNotHaveDuplicates();
    }

    private void park() {
        append("bad", 2);
        append("good", 1);
        Lease lease = leased(10);
        leases.fail(NAME, lease.id(), position(lease, 0), "poison");
        Lease rest = leased(10);
        leases.acknowledge(NAME, rest.id());
        assertThat(subscriptions.parked(NAME)).hasSize(1);
    }

    private void requestRetry() {
        // the interrupt makes the call return at once: workers carry it out later
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> subscriptions.retryParked(NAME, StreamId.of("mail", "bad")))
                .isInstanceOf(OperationPendingException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_parked_event_is_retried_by_a_lease() {
        declare(new Failures(true, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)), 1);
        park();
        requestRetry();
        assertThat(status().operation()).contains("retry");
        assertThat(delivery.withWork(List.of(NAME))).containsOnlyKeys(NAME);

        for (String name : List.of("bad1", "bad2")) {
            Lease retry = leased(10);
            assertThat(retry.retry()).isTrue();
            assertThat(names(retry)).containsExactly(name);
            assertThat(lease(10)).isEmpty();
            leases.acknowledge(NAME, retry.id());
        }
        assertThat(lease(10)).isEmpty();
        assertThat(status().operation()).isNull();
        assertThat(subscriptions.parked(NAME)).isEmpty();
        append("bad", 1);
        assertThat(names(leased(10))).containsExactly("bad3");
    }

    @Test
    void a_parked_event_that_fails_again_or_whose_lease_expires_stays_parked() {
        declare(new Failures(true, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)), 2);
        park();
        requestRetry();
        Lease retry = leased(10);
        leases.fail(NAME, retry.id(), position(retry, 0), "still no customer");
        assertThat(status().operation()).isNull();
        assertThat(lease(10)).isEmpty();
        assertThat(subscriptions.parked(NAME).get(0).events()).isEqualTo(2);

        requestRetry();
        Lease dying = leased(10);
        expire();
        assertThat(lease(10)).isEmpty();
        assertThat(status().operation()).isNull();
        assertThatThrownBy(() -> leases.acknowledge(NAME, dying.id())).isInstanceOf(LeaseLostException.class);
        assertThat(subscriptions.parked(NAME).get(0).events()).isEqualTo(2);
    }

    @Test
    void discarding_parked_events_ends_a_lease_whose_page_lacks_events_of_the_stream() {
        declare(new Failures(true, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)), 1);
        park();
        append("bad", 1);
        append("good", 1);
        Lease lease = leased(10);
        assertThat(names(lease)).containsExactly("good2");

        subscriptions.discardParked(NAME, StreamId.of("mail", "bad"));
        assertLost(lease.id());
        assertThat(names(leased(10))).containsExactly("bad3", "good2");
    }

    /** The declaration changes between two transactions of the request for a lease. */
    @Test
    void a_wider_filter_counts_for_a_request_that_has_begun() {
        leases.declare(ExternalSubscription.of(NAME).inCategory("mail").ofTypes("sent"));
        events.append(StreamId.of("mail", "a"), any(), NewEvent.of("sent", "{}"));
        leased(1);
        append("a", 1);
        expire();
        seen.afterFailure(this::declare);

        assertThat(names(leased(10))).containsExactly("a1", "a2");
    }

    @Test
    void the_checkpoint_of_an_observer_is_not_leased() {
        append("a", 1);
        Jta.committed(() -> sql.run("""
                insert into meowmx_subscriptions
                        (subscription, parking, max_attempts, retry_delay, max_retry_delay, declared_at)
                values ('observed', false, 1, 1000, 1000, current_timestamp)"""));

        assertThat(leases.lease("observed", new LeaseRequest(1, Duration.ofSeconds(1), "ann")))
                .isEmpty();
        assertThat(subscriptions.catchUp("observed")).isEqualTo(1);
    }

    @Test
    void an_observer_takes_no_turn_of_an_external_subscription() {
        append("a", 1);
        Jta.committed(() -> sql.run("update meowmx_checkpoints set external = true where subscription = 'observed'"));

        assertThatThrownBy(() -> subscriptions.catchUp("observed")).isInstanceOf(SubscriptionBusyException.class);
        assertThat(subscriptions.status("observed").position()).isZero();
    }

    @Test
    void a_declaration_during_a_deletion_does_not_bring_the_name_back() {
        declare();
        CompletableFuture<Void> declaration = Jta.committed(() -> {
            sql.run("select 1 from meowmx_checkpoints where subscription = 'mailer' for update");
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(this::declare);
            Awaitility.await().until(this::isWaitingForLock);
            sql.run("delete from meowmx_checkpoints where subscription = 'mailer'");
            sql.run("delete from meowmx_subscriptions where subscription = 'mailer'");
            sql.run(
                    "insert into meowmx_removed_subscriptions (subscription, removed_at) values ('mailer', current_timestamp)");
            return waiting;
        });

        assertThatThrownBy(() -> declaration.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SubscriptionConflictException.class);
        assertThatThrownBy(this::status).isInstanceOf(UnknownSubscriptionException.class);
    }

    /** Whether a transaction of this database waits for a lock. */
    abstract boolean isWaitingForLock();

    @Test
    void a_lease_that_no_worker_can_have_requested_has_expired() {
        declare();
        append("a", 1);
        Lease lease = leased(1);
        // the clock of the database went back
        setLeaseUntil("2999-01-01T00:00:00Z");

        assertLost(lease.id());
        assertThat(delivery.withWork(List.of(NAME))).containsOnlyKeys(NAME);
        assertThat(lease(1)).isEmpty();
        assertThat(status().segments().get(0).attempts()).isEqualTo(1);
    }

    @Test
    void the_name_of_a_version_is_refused() {
        assertThatThrownBy(() -> ExternalSubscription.of("mailer@2"))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("'@'");
    }

    @Test
    void a_message_of_any_length_and_characters_is_stored_also_for_a_parked_event() {
        declare(new Failures(true, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)), 1);
        park();
        requestRetry();
        Lease retry = leased(10);
        leases.fail(NAME, retry.id(), position(retry, 0), "bad\0text" + "x".repeat(20_000));
        assertThat(status().operation()).isNull();

        append("other", 1);
        Lease lease = leased(10);
        leases.fail(NAME, lease.id(), position(lease, 0), "bad\0text" + "x".repeat(20_000));
        assertThat(subscriptions
                        .parked(NAME, StreamId.of("mail", "other"))
                        .orElseThrow()
                        .failure())
                .startsWith("bad\uFFFDtext")
                .hasSize(8_000);
    }

    @Test
    void live_events_follow_the_last_page_of_a_replay_whose_events_are_parked() {
        declare(new Failures(true, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)), 1);
        park();
        append("bad", 1);
        assertThat(lease(10)).isEmpty();
        append("good", 1);
        subscriptions.replay(NAME);
        Lease first = leased(1);
        leases.fail(NAME, first.id(), position(first, 0), "poison");
        leases.acknowledge(NAME, leased(10).id());
        assertThat(names(leased(10)))
                .as("after bad3, the last event of the replay")
                .containsExactly("good2");
    }

    @Test
    void other_segments_continue_while_a_parked_event_is_retried() {
        declare(new Failures(true, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)), 2);
        park();
        requestRetry();
        assertThat(leased(10).retry()).isTrue();

        for (int i = 0; i < 20; i++) {
            append("s" + i, 1);
        }
        Lease other = leased(100);
        assertThat(other.retry()).isFalse();
        leases.acknowledge(NAME, other.id());
        assertThat(lease(100)).as("the segment of the parked event").isEmpty();
    }

    @Test
    void a_search_of_segments_with_work_finds_their_pages_and_continues_after_a_merge() {
        declare(Failures.DEFAULT, 2);
        for (int i = 0; i < 10; i++) {
            append("s" + i, 1);
        }
        LeaseRequest request = new LeaseRequest(100, Duration.ofSeconds(30), "ann");
        assertThat(delivery.withWork(List.of(NAME)).get(NAME)).containsExactlyInAnyOrder(0, 512);
        Lease second = delivery.lease(NAME, Set.of(512), request).orElseThrow();
        assertThat(second.firstSlice()).isEqualTo(512);
        assertThat(delivery.lease(NAME, Set.of(512), request)).isEmpty();

        subscriptions.changeSegments(NAME, 1);
        append("s0", 1);
        leases.acknowledge(NAME, second.id());
        int handled = second.events().size();
        for (int i = 0; i < 5; i++) {
            Set<Integer> due = delivery.withWork(List.of(NAME)).getOrDefault(NAME, Set.of());
            Optional<Lease> next = delivery.lease(NAME, due, request);
            next.ifPresent(lease -> leases.acknowledge(NAME, lease.id()));
            handled += next.map(lease -> lease.events().size()).orElse(0);
        }
        assertThat(handled).isEqualTo(11);
        assertThat(status().segments()).hasSize(1);
    }

    @Test
    void workers_take_over_a_delayed_segment_without_its_failure() {
        append("a", 1);
        declare();
        leases.acknowledge(NAME, leased(1).id());
        Jta.committed(() -> {
            sql.run("delete from meowmx_subscriptions where subscription = 'mailer'");
            return sql.run(
                    "update meowmx_checkpoints set delayed_since = current_timestamp, last_failure = 'x', external = false where subscription = 'mailer'");
        });
        declare();
        assertThat(status().state()).isEqualTo(State.RUNNING);
        assertThat(delivery.withWork(List.of(NAME))).isEmpty();
    }

    /** Random workers that handle, fail, crash and give up: every event is handled or parked, in the order of its stream. */
    @Test
    void nothing_is_skipped_whatever_workers_do() {
        long seed = Long.getLong("leases.seed", System.nanoTime());
        Random random = new Random(seed);
        declare(new Failures(true, 2, Duration.ofMillis(1), Duration.ofMillis(1)), 2);
        int appended = 0;
        List<Lease> open = new ArrayList<>();
        List<String> handled = new ArrayList<>();
        for (int step = 0; step < 150; step++) {
            if (appended < 60) {
                append("s" + random.nextInt(4), 1);
                appended++;
            }
            lease(1 + random.nextInt(4)).ifPresent(open::add);
            if (!open.isEmpty()) {
                Lease lease = open.remove(random.nextInt(open.size()));
                use(lease, random, handled, open);
            }
            if (random.nextInt(6) == 0) {
                expire();
            }
            if (random.nextInt(15) == 0) {
                changeSegments(1 + random.nextInt(3));
            }
            letRetryBecomeDue();
        }
        expire();
        for (int round = 0; round < 300; round++) {
            letRetryBecomeDue();
            lease(10).ifPresent(lease -> {
                handled.addAll(names(lease));
                leases.acknowledge(NAME, lease.id());
            });
        }
        long parked = subscriptions.parked(NAME).stream()
                .mapToLong(stream -> stream.events())
                .sum();
        assertThat(new HashSet<>(handled).size() + parked).as("seed " + seed).isEqualTo(appended);
        for (int stream = 0; stream < 4; stream++) {
            assertInOrder("s" + stream, handled, seed);
        }
    }

    private void changeSegments(int count) {
        try {
            subscriptions.changeSegments(NAME, count);
        } catch (SubscriptionConflictException e) {
            // a segment is failing
        }
    }

    private void use(Lease lease, Random random, List<String> handled, List<Lease> open) {
        try {
            int bad = random.nextInt(lease.events().size());
            switch (random.nextInt(5)) {
                case 0 -> {
                    leases.fail(NAME, lease.id(), position(lease, bad), "poison");
                    handled.addAll(names(lease).subList(0, bad));
                }
                case 1 -> {
                    leases.acknowledge(NAME, lease.id(), position(lease, bad));
                    handled.addAll(names(lease).subList(0, bad + 1));
                }
                case 2 -> delivery.giveBack(NAME, lease.id());
                case 3 -> open.add(lease);
                default -> {
                    leases.acknowledge(NAME, lease.id());
                    handled.addAll(names(lease));
                }
            }
        } catch (LeaseLostException | IllegalArgumentException e) {
            // the events are leased again, or were acknowledged before
        }
    }

    /** After its first delivery, a stream is never delivered from an earlier event than the last acknowledged one. */
    private static void assertInOrder(String stream, List<String> handled, long seed) {
        List<Long> versions = handled.stream()
                .filter(name -> name.startsWith(stream))
                .map(name -> Long.parseLong(name.substring(stream.length())))
                .toList();
        long furthest = 0;
        for (long version : versions) {
            assertThat(version)
                    .as("stream %s, seed %d: %s", stream, seed, versions)
                    .isLessThanOrEqualTo(furthest + 1);
            furthest = Math.max(furthest, version);
        }
    }
}
