package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.meowmx.AppendResult;
import org.meowmx.Appended;
import org.meowmx.CurrentEvent;
import org.meowmx.EventIds;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.LogCatalog;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.server.Sql;
import org.meowmx.subscription.EventPage;
import org.meowmx.subscription.EventParked;
import org.meowmx.subscription.LiveOnly;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.ReplayEffects;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionStatus.Segment;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.OwnTransaction;

/** Promise replay-safe: live effects happen once, and an event that a handler appends is stored once. */
abstract class ReplayContract {

    static final String PARK = "meowmx.subscription.invoices.on-failure=park";
    static final String ATTEMPTS = "meowmx.subscription.invoices.max-attempts=1";
    static final String RANDOM_IDS = "meowmx.subscription.random.derived-ids=false";
    static final String RENAMED = "meowmx.subscription.bills.renamed-from=former";

    static final StreamId ORDER = StreamId.of("order", 1L);
    static final StreamId OTHER_ORDER = StreamId.of("order", 2L);
    static final StreamId INVOICE = StreamId.of("invoice", 1L);

    @EventType("ordered")
    record Ordered(int number) {}

    @EventType("invoiced")
    record Invoiced(String text) {}

    @EventType("booked")
    record Booked(String text) {}

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SubscriptionEngine engine;

    @Inject
    ClaimTransaction claimTransaction;

    @Inject
    OwnTransaction own;

    @Inject
    Handlers handlers;

    @Inject
    Sql sql;

    /** Observers whose behaviour a test sets, and which record their calls. */
    @ApplicationScoped
    static class Handlers {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final List<Integer> mails = new CopyOnWriteArrayList<>();
        private final List<String> pages = new CopyOnWriteArrayList<>();
        private final List<String> livePages = new CopyOnWriteArrayList<>();
        private volatile Consumer<Ordered> work = ordered -> {};
        private volatile Consumer<EventPage> pageWork = page -> {};
        private volatile Consumer<Invoiced> invoicedWork = invoiced -> {};

        @Inject
        CurrentEvent currentEvent;

        void on(@Observes @Subscribed("invoices") Ordered ordered) {
            seen.add(ordered.number() + (currentEvent.isReplay() ? " again" : ""));
            work.accept(ordered);
        }

        void mail(@Observes @Subscribed("invoices") @LiveOnly Ordered ordered, RecordedEvent event) {
            mails.add(ordered.number());
        }

        void mailOfAny(@Observes @Subscribed("any") @LiveOnly RecordedEvent event) {
            mails.add((int) event.position());
        }

        void page(@Observes @Subscribed("pages") EventPage page) {
            pages.add(page.events().size() + (currentEvent.isReplay() ? " again" : ""));
            pageWork.accept(page);
        }

        void livePage(@Observes @Subscribed("pages") @LiveOnly EventPage page) {
            livePages.add(Integer.toString(page.events().size()));
        }

        void random(@Observes @Subscribed("random") Ordered ordered) {
            work.accept(ordered);
        }

        void bills(@Observes @Subscribed("bills") Ordered ordered) {
            work.accept(ordered);
        }

        void invoiced(@Observes @Appended Invoiced invoiced) {
            assertThat(currentEvent.isReplay()).isFalse();
            invoicedWork.accept(invoiced);
        }

        void does(Consumer<Ordered> other) {
            work = other;
        }

        void doesForPages(Consumer<EventPage> other) {
            pageWork = other;
        }

        void doesWhenInvoiced(Consumer<Invoiced> other) {
            invoicedWork = other;
        }

        List<String> seen() {
            return seen;
        }

        List<Integer> mails() {
            return mails;
        }

        List<String> pages() {
            return pages;
        }

        List<String> livePages() {
            return livePages;
        }

        CurrentEvent currentEvent() {
            return currentEvent;
        }
    }

    RecordedEvent order(StreamId stream, int number) {
        return events.append(stream, any(), NewEvent.of(new Ordered(number))).last();
    }

    AppendResult invoice(String text) {
        return events.append(INVOICE, any(), NewEvent.of(new Invoiced(text)));
    }

    List<String> invoices() {
        return texts(INVOICE);
    }

    List<String> texts(StreamId stream) {
        return events.read(stream).events().stream()
                .map(event -> event.type() + " " + event.data().replaceAll("[^a-z0-9]|text", ""))
                .toList();
    }

    private Checkpoint checkpoint(String subscription) {
        return claimTransaction.run(
                () -> engine.checkpoints.existing(subscription).get(0));
    }

    private List<Integer> mailsAfter(Runnable work) {
        handlers.mails().clear();
        work.run();
        return List.copyOf(handlers.mails());
    }

    // --- live effects

    @Test
    void a_handler_knows_that_it_replays_and_a_live_only_observer_is_not_called() {
        order(ORDER, 1);
        order(ORDER, 2);
        subscriptions.catchUp("invoices");
        assertThat(handlers.mails()).containsExactly(1, 2);

        subscriptions.replay("invoices");
        order(ORDER, 3);
        subscriptions.catchUp("invoices");

        assertThat(handlers.seen()).containsExactly("1", "2", "1 again", "2 again", "3");
        assertThat(handlers.mails()).containsExactly(1, 2, 3);
    }

    @Test
    void a_live_only_observer_of_every_event_is_kept_out_of_a_replay() {
        order(ORDER, 1);
        subscriptions.catchUp("any");
        assertThat(mailsAfter(() -> {
                    subscriptions.replay("any");
                    subscriptions.catchUp("any");
                }))
                .isEmpty();
    }

    @Test
    void a_live_only_observer_of_pages_gets_what_is_new() {
        order(ORDER, 1);
        order(ORDER, 2);
        subscriptions.catchUp("pages");
        subscriptions.replay("pages");
        order(ORDER, 3);
        subscriptions.catchUp("pages");
        assertThat(handlers.pages()).containsExactly("2", "2 again", "1");
        assertThat(handlers.livePages()).containsExactly("2", "1");
    }

    @Test
    void nobody_replays_outside_of_a_handler() {
        assertThat(handlers.currentEvent().isReplay()).isFalse();
    }

    /** h12 */
    @Test
    void a_new_subscription_that_reads_from_the_beginning_has_no_live_effects_for_the_past() {
        order(ORDER, 1);
        claimTransaction.run(() -> sql.run("delete from meowmx_checkpoints where subscription = 'invoices'"));
        engine.creation.createIfAbsent("invoices");
        order(ORDER, 2);
        subscriptions.catchUp("invoices");
        assertThat(handlers.seen()).containsExactly("1 again", "2");
        assertThat(handlers.mails()).containsExactly(2);
    }

    /** h11 */
    @Test
    void a_checkpoint_that_was_lost_repeats_no_live_effects_and_keeps_its_origin() {
        UUID origin = checkpoint("invoices").origin();
        handlers.does(ordered -> invoice("a"));
        order(ORDER, 1);
        subscriptions.catchUp("invoices");

        claimTransaction.run(() -> sql.run("delete from meowmx_checkpoints where subscription = 'invoices'"));
        engine.creation.createLost();

        assertThat(mailsAfter(() -> subscriptions.catchUp("invoices"))).isEmpty();
        assertThat(handlers.seen()).containsExactly("1", "1 again");
        assertThat(checkpoint("invoices").origin()).isEqualTo(origin);
        assertThat(invoices()).containsExactly("invoiced a");
    }

    @Test
    void events_that_are_skipped_count_as_completed() {
        order(ORDER, 1);
        RecordedEvent skipped = order(ORDER, 2);
        subscriptions.pause("invoices");
        subscriptions.reposition("invoices", ReadFrom.after(skipped.position()));
        subscriptions.replay("invoices");
        assertThat(mailsAfter(() -> subscriptions.catchUp("invoices"))).isEmpty();
    }

    /** h1: the segments are level, but one of them has passed 4 live, and the other 2. */
    @Test
    void segments_whose_live_effects_differ_meet_where_none_of_them_replays() {
        subscriptions.changeSegments("invoices", 2);
        for (int number = 1; number <= 2; number++) {
            order(OTHER_ORDER, number);
            order(ORDER, number);
        }
        subscriptions.catchUp("invoices");
        subscriptions.replay("invoices");
        assertThat(ORDER.slice() / 512)
                .as("the streams are in different segments")
                .isNotEqualTo(OTHER_ORDER.slice() / 512);
        liveAfter(ORDER, 2);
        handlers.seen().clear();

        subscriptions.changeSegments("invoices", 1);
        assertThat(subscriptions.status("invoices").segments())
                .as("not at once")
                .hasSize(2);
        assertThat(mailsAfter(() -> subscriptions.catchUp("invoices")))
                .as("of one stream only the second event was not handled live")
                .containsExactly(2);
        assertThat(subscriptions.status("invoices").segments()).hasSize(1);
        assertThat(handlers.seen()).hasSize(4);
        assertThat(checkpoint("invoices").liveAfter()).isEqualTo(4);
    }

    private void liveAfter(StreamId stream, long position) {
        claimTransaction.run(() -> sql.run("""
                update meowmx_checkpoints set live_after = %d, lock_version = lock_version + 1
                where subscription = 'invoices' and %d between first_slice and last_slice""".formatted(position, stream.slice())));
    }

    @Test
    void level_segments_that_replay_equally_are_joined_at_once() {
        subscriptions.changeSegments("invoices", 2);
        order(ORDER, 1);
        order(OTHER_ORDER, 2);
        subscriptions.catchUp("invoices");
        subscriptions.replay("invoices");
        // the end of the log was passed by both
        subscriptions.changeSegments("invoices", 1);
        assertThat(subscriptions.status("invoices").segments()).hasSize(1);
        assertThat(mailsAfter(() -> subscriptions.catchUp("invoices"))).isEmpty();
    }

    @Test
    void a_replay_moves_a_scheduled_merge_to_where_no_segment_replays() {
        subscriptions.changeSegments("invoices", 2);
        for (int number = 1; number <= 2; number++) {
            order(OTHER_ORDER, number);
            order(ORDER, number);
        }
        subscriptions.catchUp("invoices");
        subscriptions.replay("invoices");
        liveAfter(ORDER, 2);
        subscriptions.changeSegments("invoices", 1);
        subscriptions.replay("invoices");
        assertThat(mailsAfter(() -> subscriptions.catchUp("invoices"))).containsExactly(2);
    }

    @Test
    void split_segments_keep_live_effects_and_origin() {
        order(ORDER, 1);
        subscriptions.catchUp("invoices");
        subscriptions.replay("invoices");
        UUID origin = checkpoint("invoices").origin();
        subscriptions.changeSegments("invoices", 4);
        claimTransaction.run(() -> {
            assertThat(engine.checkpoints.existing("invoices"))
                    .hasSize(4)
                    .allMatch(segment ->
                            segment.liveAfter() == 1 && segment.origin().equals(origin));
            return null;
        });
        assertThat(mailsAfter(() -> subscriptions.catchUp("invoices"))).isEmpty();
    }

    private void work(List<Object> notifications) {
        SegmentSteps steps = new SegmentSteps(
                engine.turn::take, engine.failures::recordFailure, engine.merge::tryMerge, subscription -> false);
        for (Segment segment : subscriptions.status("invoices").segments()) {
            Checkpoint.Key key = new Checkpoint.Key("invoices", (short) segment.firstSlice());
            new SegmentWorker(
                            DeclaredSegment.of(engine.registry, key),
                            steps,
                            notifications::add,
                            engine.unrecordedFailures,
                            () -> false)
                    .run();
        }
    }

    private static void poison(Ordered ordered) {
        throw new IllegalStateException("poison");
    }

    /** h2 */
    @Test
    void a_parked_event_is_what_it_was_when_it_was_parked() {
        handlers.does(ReplayContract::poison);
        order(ORDER, 1);
        List<Object> notifications = new ArrayList<>();
        work(notifications);
        assertThat(notifications).singleElement().isInstanceOf(EventParked.class);
        order(OTHER_ORDER, 2);
        handlers.does(ordered -> {});
        work(notifications);

        assertThat(mailsAfter(() -> subscriptions.retryParked("invoices", ORDER)))
                .as("it had no live effects when it was parked")
                .containsExactly(1);

        subscriptions.replay("invoices");
        handlers.does(ReplayContract::poison);
        work(notifications);
        handlers.does(ordered -> {});
        handlers.seen().clear();
        assertThat(mailsAfter(() -> subscriptions.retryParked("invoices", ORDER)))
                .as("it was parked in a replay")
                .isEmpty();
        assertThat(handlers.seen()).containsExactly("1 again");
    }

    @Test
    void parked_events_that_are_discarded_count_as_completed() {
        handlers.does(ReplayContract::poison);
        order(ORDER, 1);
        work(new ArrayList<>());
        subscriptions.discardParked("invoices", ORDER);
        handlers.does(ordered -> {});
        subscriptions.replay("invoices");
        assertThat(mailsAfter(() -> subscriptions.catchUp("invoices"))).isEmpty();
    }

    @Test
    void an_event_that_follows_a_parked_one_in_a_replay_is_a_replay_too() {
        order(ORDER, 1);
        order(ORDER, 2);
        subscriptions.catchUp("invoices");
        subscriptions.replay("invoices");
        handlers.does(ReplayContract::poison);
        work(new ArrayList<>());
        handlers.does(ordered -> {});
        assertThat(mailsAfter(() -> subscriptions.retryParked("invoices", ORDER)))
                .isEmpty();
    }

    // --- derived ids

    @Test
    void what_a_handler_appends_again_is_not_stored_again() {
        handlers.does(ordered -> {
            invoice("a" + ordered.number());
            events.append(INVOICE, any(), NewEvent.of(new Booked("b")), NewEvent.of(new Booked("c")));
        });
        order(ORDER, 1);
        order(ORDER, 2);
        subscriptions.catchUp("invoices");
        List<String> before = invoices();
        assertThat(before).hasSize(6);
        List<UUID> ids = ids(INVOICE);
        assertThat(ids).allMatch(id -> id.version() == 5).doesNotHaveDuplicates();

        List<AppendResult> results = new ArrayList<>();
        handlers.does(ordered -> results.add(invoice("a" + ordered.number())));
        subscriptions.replay("invoices");
        subscriptions.catchUp("invoices");

        assertThat(ids(INVOICE)).isEqualTo(ids);
        assertThat(results)
                .allMatch(AppendResult::repeated)
                .extracting(AppendResult::version)
                .containsExactly(1L, 4L);
        assertThat(engine.recognisedEvents().counts().get("invoices")).isEqualTo(new RecognisedEvents.Counts(2, 0));
    }

    private List<UUID> ids(StreamId stream) {
        return events.read(stream).events().stream().map(RecordedEvent::id).toList();
    }

    /** h3: CDI does not order observers of equal priority. */
    @Test
    void the_order_of_appends_to_different_targets_does_not_matter() {
        StreamId second = StreamId.of("invoice", 2L);
        handlers.does(ordered -> {
            invoice("a");
            events.append(second, any(), NewEvent.of(new Invoiced("b")));
            events.append(INVOICE, any(), NewEvent.of(new Booked("c")));
        });
        order(ORDER, 1);
        subscriptions.catchUp("invoices");
        List<String> before = invoices();

        handlers.does(ordered -> {
            events.append(INVOICE, any(), NewEvent.of(new Booked("c")));
            events.append(StreamId.of("invoice", 3L), any(), NewEvent.of(new Invoiced("new")));
            events.append(second, any(), NewEvent.of(new Invoiced("b")));
            invoice("a");
        });
        subscriptions.replay("invoices");
        subscriptions.catchUp("invoices");
        assertThat(invoices()).isEqualTo(before);
        assertThat(texts(second)).hasSize(1);
        assertThat(texts(StreamId.of("invoice", 3L))).containsExactly("invoiced new");
        assertThat(engine.recognisedEvents().counts().get("invoices").differing())
                .isZero();
    }

    /** h4 */
    @Test
    void a_handler_that_decides_differently_gets_the_original_and_that_is_counted() {
        handlers.does(ordered -> invoice("total " + events.read(INVOICE).version()));
        order(ORDER, 1);
        subscriptions.catchUp("invoices");
        subscriptions.replay("invoices");
        subscriptions.catchUp("invoices");
        assertThat(invoices()).containsExactly("invoiced total0");
        assertThat(engine.recognisedEvents().counts().get("invoices")).isEqualTo(new RecognisedEvents.Counts(1, 1));
        assertThat(subscriptions.replayEffects("invoices"))
                .extracting(ReplayEffects::recognised, ReplayEffects::differing)
                .containsExactly(1L, 1L);
    }

    /** h4: the handler reads the stream that it has already written. */
    @Test
    void a_known_event_is_answered_whatever_version_the_handler_expects() {
        for (boolean first : new boolean[] {true, false}) {
            handlers.does(ordered -> events.append(
                    INVOICE,
                    first ? noStream() : exactly(events.read(INVOICE).version()),
                    NewEvent.of(new Invoiced("a"))));
            if (first) {
                order(ORDER, 1);
            } else {
                subscriptions.replay("invoices");
            }
            subscriptions.catchUp("invoices");
        }
        handlers.does(ordered -> events.append(INVOICE, noStream(), NewEvent.of(new Invoiced("a"))));
        subscriptions.replay("invoices");
        subscriptions.catchUp("invoices");
        assertThat(invoices()).containsExactly("invoiced a");
    }

    /** h7 */
    @Test
    void of_an_append_of_which_a_part_is_known_the_other_events_are_stored() {
        handlers.does(ordered -> events.append(INVOICE, noStream(), NewEvent.of(new Invoiced("a"))));
        order(ORDER, 1);
        subscriptions.catchUp("invoices");

        List<AppendResult> results = new ArrayList<>();
        List<String> notified = new ArrayList<>();
        handlers.doesWhenInvoiced(invoiced -> notified.add(invoiced.text()));
        handlers.does(ordered -> results.add(events.append(
                INVOICE,
                noStream(),
                NewEvent.of(new Booked("b")),
                NewEvent.of(new Invoiced("a")),
                NewEvent.of(new Invoiced("c")))));
        subscriptions.replay("invoices");
        subscriptions.catchUp("invoices");

        assertThat(invoices()).containsExactly("invoiced a", "booked b", "invoiced c");
        assertThat(notified).as("observers of the append see what is new").containsExactly("c");
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.repeated()).isFalse();
            assertThat(result.events())
                    .extracting(RecordedEvent::version)
                    .as("in the order of the append")
                    .containsExactly(2L, 1L, 3L);
        });
    }

    /** h7, for several streams in one append. */
    @Test
    void a_part_of_an_append_to_several_streams_is_recognised() {
        StreamId second = StreamId.of("invoice", 2L);
        handlers.does(ordered -> invoice("a"));
        order(ORDER, 1);
        subscriptions.catchUp("invoices");
        handlers.does(ordered -> events.appendAll(List.of(
                StreamAppend.of(second, noStream(), NewEvent.of(new Invoiced("b"))),
                StreamAppend.of(INVOICE, any(), NewEvent.of(new Invoiced("a"))))));
        subscriptions.replay("invoices");
        subscriptions.catchUp("invoices");
        subscriptions.replay("invoices");
        subscriptions.catchUp("invoices");
        assertThat(invoices()).containsExactly("invoiced a");
        assertThat(texts(second)).containsExactly("invoiced b");
    }

    /** h6: what a handler has appended in a transaction of its own stays when the turn is rolled back. */
    @Test
    void the_retry_of_a_turn_recognises_what_it_appended_in_a_transaction_of_its_own() {
        List<String> calls = new ArrayList<>();
        handlers.does(ordered -> {
            calls.add("call");
            own.run(() -> invoice("a" + ordered.number()));
            if (calls.size() == 1) {
                throw new IllegalStateException("once");
            }
        });
        order(ORDER, 1);
        assertThatThrownBy(() -> subscriptions.catchUp("invoices")).hasMessage("once");
        subscriptions.catchUp("invoices");
        assertThat(invoices()).containsExactly("invoiced a1");
    }

    /** h6: with workers, nobody is to blame, and nothing is parked although the first failure of an event would park it. */
    @Test
    void a_known_id_counts_no_attempt() {
        order(ORDER, 1);
        order(OTHER_ORDER, 2);
        order(ORDER, 3);
        List<String> calls = new ArrayList<>();
        handlers.does(ordered -> {
            calls.add("call");
            own.run(() -> invoice("a" + ordered.number()));
            if (calls.size() == 2) {
                throw new IllegalStateException(new SQLException("deadlock", "40P01"));
            }
        });
        List<Object> notifications = new ArrayList<>();
        work(notifications);
        assertThat(notifications).isEmpty();
        assertThat(invoices()).containsExactly("invoiced a1", "invoiced a2", "invoiced a3");
        assertThat(subscriptions.parked("invoices")).isEmpty();
        assertThat(handlers.mails()).as("the failed turns called it too").contains(1, 2, 3);
        assertThat(subscriptions.status("invoices").position()).isGreaterThanOrEqualTo(3);
    }

    /** h6: the node died after the inner transaction, so nothing tells the next turn of an earlier attempt. */
    @Test
    void a_live_turn_that_meets_a_known_id_is_taken_again_with_look_ups() {
        RecordedEvent ordered = order(ORDER, 1);
        events.append(
                INVOICE, any(), NewEvent.of(new Invoiced("a")).withId(derivedId("invoices", ordered, "invoiced", 0)));
        List<String> calls = new ArrayList<>();
        handlers.does(event -> {
            calls.add("call");
            try {
                invoice("a");
            } catch (RuntimeException e) {
                calls.add("caught");
            }
        });
        List<Object> notifications = new ArrayList<>();
        work(notifications);
        assertThat(notifications).isEmpty();
        assertThat(calls).containsExactly("call", "caught", "call");
        assertThat(invoices()).containsExactly("invoiced a");
        assertThat(subscriptions.status("invoices").position()).isGreaterThanOrEqualTo(1);
    }

    /** Look-ups search for derived ids only, so a retry would meet a given id for ever. */
    @Test
    void a_given_id_that_another_stream_has_is_a_failure_of_the_event() {
        UUID given = UUID.randomUUID();
        events.append(
                StreamId.of("invoice", 2L),
                any(),
                NewEvent.of(new Invoiced("a")).withId(given));
        handlers.does(ordered -> events.append(
                INVOICE, noStream(), NewEvent.of(new Invoiced("a")).withId(given), NewEvent.of(new Booked("b"))));
        RecordedEvent ordered = order(ORDER, 1);
        List<Object> notifications = new ArrayList<>();
        work(notifications);
        assertThat(notifications).singleElement().isInstanceOf(EventParked.class);
        assertThat(subscriptions.status("invoices").position()).isGreaterThanOrEqualTo(ordered.position());
    }

    /** The name of the id is a format that is stored: it never changes. */
    private UUID derivedId(String subscription, RecordedEvent handled, String type, int ordinal) {
        return EventIds.named(
                checkpoint(subscription).origin(),
                String.join("\n", handled.id().toString(), INVOICE.category(), INVOICE.id(), type, "" + ordinal));
    }

    @Test
    void ids_of_another_subscription_differ() {
        handlers.does(ordered -> invoice("a"));
        order(ORDER, 1);
        subscriptions.catchUp("invoices");
        subscriptions.catchUp("bills");
        assertThat(invoices()).hasSize(2);
    }

    /** h5 */
    @Test
    void a_renamed_subscription_recognises_what_it_appended_under_its_former_name() {
        handlers.does(ordered -> invoice("a"));
        order(ORDER, 1);
        subscriptions.catchUp("bills");
        UUID origin = checkpoint("bills").origin();
        claimTransaction.run(() ->
                sql.run("update meowmx_checkpoints set subscription = 'former'" + " where subscription = 'bills'"));
        engine.creation.createIfAbsent("bills");
        assertThat(checkpoint("bills").origin()).isEqualTo(origin);
        subscriptions.replay("bills");
        subscriptions.catchUp("bills");
        assertThat(invoices()).containsExactly("invoiced a");
    }

    @Test
    void a_name_whose_origin_still_belongs_to_a_renamed_subscription_gets_another_one() {
        UUID origin = checkpoint("bills").origin();
        assertThat(origin).isEqualTo(EventIds.named(catalog.logId(), "bills"));
        claimTransaction.run(() ->
                sql.run("update meowmx_checkpoints set subscription = 'renamed'" + " where subscription = 'bills'"));
        engine.creation.createIfAbsent("bills");
        assertThat(checkpoint("bills").origin()).isNotEqualTo(origin);
    }

    /** h8 */
    @Test
    void in_an_observer_of_pages_ids_are_derived_during_an_event() {
        handlers.doesForPages(page -> {
            invoice("random");
            page.events().stream()
                    .filter(event -> event.type().equals("ordered"))
                    .forEach(event -> handlers.currentEvent().during(event, () -> invoice("derived")));
        });
        order(ORDER, 1);
        subscriptions.catchUp("pages");
        handlers.doesForPages(page -> page.events().stream()
                .filter(event -> event.type().equals("ordered"))
                .forEach(event -> handlers.currentEvent().during(event, () -> invoice("derived"))));
        subscriptions.catchUp("pages");
        subscriptions.replay("pages");
        subscriptions.catchUp("pages");
        assertThat(invoices()).containsExactlyInAnyOrder("invoiced random", "invoiced derived");
    }

    @Test
    void ids_that_a_handler_gives_are_its_own() {
        UUID id = UUID.randomUUID();
        handlers.does(ordered ->
                events.append(INVOICE, any(), NewEvent.of(new Invoiced("a")).withId(id), NewEvent.of(new Booked("b"))));
        order(ORDER, 1);
        subscriptions.catchUp("invoices");
        subscriptions.replay("invoices");
        subscriptions.catchUp("invoices");
        assertThat(invoices()).containsExactly("invoiced a", "booked b");
        assertThat(ids(INVOICE)).contains(id);
    }

    @Test
    void without_derived_ids_a_replay_appends_again() {
        handlers.does(ordered -> invoice("a"));
        order(ORDER, 1);
        subscriptions.catchUp("random");
        subscriptions.replay("random");
        subscriptions.catchUp("random");
        assertThat(invoices()).hasSize(2);
    }

    @Test
    void a_failed_append_uses_no_ordinal_up() {
        handlers.does(ordered -> {
            try {
                events.append(INVOICE, exactly(7), NewEvent.of(new Invoiced("wrong")));
            } catch (WrongExpectedVersionException e) {
                invoice("a");
            }
        });
        order(ORDER, 1);
        subscriptions.catchUp("invoices");
        handlers.does(ordered -> invoice("a"));
        subscriptions.replay("invoices");
        subscriptions.catchUp("invoices");
        assertThat(invoices()).containsExactly("invoiced a");
    }

    @Test
    void the_effects_of_a_replay_are_known_before() {
        order(ORDER, 1);
        subscriptions.catchUp("invoices");
        assertThat(subscriptions.replayEffects("invoices")).satisfies(effects -> {
            assertThat(effects.liveAfter()).isEqualTo(1);
            assertThat(effects.declaredHere()).isTrue();
            assertThat(effects.liveOnly()).singleElement().asString().contains("Handlers (observer of ", "Ordered)");
            assertThat(effects.recognisesAppends()).isTrue();
        });
        assertThat(subscriptions.replayEffects("random").recognisesAppends()).isFalse();
        assertThatThrownBy(() -> subscriptions.replayEffects("nowhere"))
                .isInstanceOf(UnknownSubscriptionException.class);
    }

    @Test
    void counts_of_recognised_events_are_kept_by_subscription() {
        assertThat(engine.recognisedEvents().counts()).isEqualTo(Map.of());
    }
}
