package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.aggregate.Decider;
import org.meowmx.aggregate.Repositories;
import org.meowmx.aggregate.Repository;
import org.meowmx.aggregate.Snapshots;
import org.meowmx.aggregate.Versioned;
import org.meowmx.contract.Account.Command;
import org.meowmx.server.Sql;

/** Snapshots make loads cheaper and never change a state, whatever their table contains. */
abstract class SnapshotContract {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    EventStore events;

    @Inject
    Repositories repositories;

    @Inject
    Sql sql;

    /** The number of events that this thread has folded, without those of the thread that takes snapshots. */
    private final AtomicInteger evolved = new AtomicInteger();

    private final Thread tester = Thread.currentThread();
    private Repository<Command, Account, AccountEvent> plain;
    private Repository<Command, Account, AccountEvent> kept;
    private StreamId stream;

    @BeforeEach
    void makeRepositories() {
        plain = repositories.of("account", AccountEvent.class, Account.DECIDER);
        kept = keeping(Snapshots.of(Account.class).everyEvents(10));
        stream = kept.stream("1");
    }

    private Repository<Command, Account, AccountEvent> keeping(Snapshots<Account, Account> snapshots) {
        Decider<Command, Account, AccountEvent> counting = Decider.of(Account.NONE, Account::decide, (state, event) -> {
            if (Thread.currentThread() == tester) {
                evolved.incrementAndGet();
            }
            return Account.evolve(state, event);
        });
        return repositories.of("account", AccountEvent.class, counting, snapshots);
    }

    private void deposit(int times) {
        events.append(stream, any(), Collections.nCopies(times, NewEvent.of(new AccountEvent.Deposited(1))));
    }

    private int evolvedBy(Runnable work) {
        evolved.set(0);
        work.run();
        return evolved.get();
    }

    private long rows(String condition) {
        return Jta.committed(() -> sql.number("select count(*) from meowmx_snapshots where " + condition));
    }

    private void awaitSnapshotAt(long version) {
        Awaitility.await().atMost(SOON).until(() -> rows("version = " + version) == 1);
    }

    /** Loads until a snapshot of the last version exists. */
    private void takeSnapshot() {
        awaitSnapshotAt(kept.load(stream).version());
    }

    private void change(String statement) {
        Jta.committed(() -> sql.run(statement));
    }

    @Test
    void an_expensive_load_has_a_snapshot_taken_that_the_next_one_begins_from() {
        deposit(1_234);
        takeSnapshot();
        deposit(3);

        assertThat(evolvedBy(() -> assertThat(kept.load(stream)).isEqualTo(plain.load(stream))))
                .isEqualTo(3);
    }

    @Test
    void a_cheap_load_has_none_taken() {
        deposit(9);
        kept.load(stream);
        StreamId other = kept.stream("2");
        events.append(other, any(), Collections.nCopies(10, NewEvent.of(new AccountEvent.Deposited(1))));
        kept.load(other);

        Awaitility.await().atMost(SOON).until(() -> rows("stream_id = '2'") == 1);
        assertThat(rows("stream_id = '1'")).isZero();
    }

    @Test
    void cost_can_be_measured_in_time() {
        kept = keeping(Snapshots.of(Account.class).whenLoadingTakes(Duration.ofNanos(1)));
        deposit(2);
        kept.load(stream);

        awaitSnapshotAt(2);
    }

    @Test
    void a_snapshot_is_replaced_by_a_later_one() {
        deposit(20);
        takeSnapshot();
        deposit(20);
        takeSnapshot();

        assertThat(rows("version = 40")).isEqualTo(1);
        assertThat(rows("version > 0")).isEqualTo(1);
    }

    @Test
    void events_that_are_not_committed_are_in_no_snapshot() {
        deposit(10);
        Jta.rolledBack(() -> {
            deposit(50);
            assertThat(kept.load(stream).version()).isEqualTo(60);
            return null;
        });

        awaitSnapshotAt(10);
        deposit(7);
        assertThat(kept.load(stream)).isEqualTo(plain.load(stream));
    }

    @Test
    void a_transaction_sees_its_own_events_beyond_a_snapshot() {
        deposit(20);
        takeSnapshot();

        Jta.rolledBack(() -> {
            deposit(5);
            assertThat(kept.load(stream).state().cents()).isEqualTo(25);
            return null;
        });
        assertThat(kept.load(stream).state().cents()).isEqualTo(20);
    }

    @Test
    void a_snapshot_that_is_later_than_what_is_asked_for_is_not_used() {
        deposit(20);
        takeSnapshot();

        assertThat(kept.at(stream, 12).state().cents()).isEqualTo(12);
        assertThat(kept.asOf(stream, Instant.EPOCH).exists()).isFalse();
        assertThat(kept.asOf(stream, Instant.now().plusSeconds(3_600)).version())
                .isEqualTo(20);
    }

    @Test
    void a_snapshot_of_another_log_is_passed_over_and_replaced() {
        deposit(20);
        takeSnapshot();
        change("update meowmx_snapshots set event_id = '" + UUID.randomUUID()
                + "', data = '{\"cents\": 1000000, \"movements\": 7}'");
        assertThat(kept.load(stream)).isEqualTo(plain.load(stream));
        awaitUsable();

        change("update meowmx_snapshots set version = 500");
        assertThat(kept.load(stream)).isEqualTo(plain.load(stream));
        awaitUsable();
    }

    @Test
    void a_snapshot_that_cannot_be_read_is_passed_over_and_replaced() {
        deposit(20);
        takeSnapshot();
        for (String data : List.of("no json", "[]", "null", "{\"cents\": \"many\"}")) {
            change("update meowmx_snapshots set data = '" + data + "'");
            assertThat(kept.load(stream)).isEqualTo(plain.load(stream));
            awaitUsable();
        }
    }

    private void awaitUsable() {
        Awaitility.await().atMost(SOON).until(() -> evolvedBy(() -> kept.load(stream)) == 0);
    }

    @Test
    void another_schema_version_begins_anew_beside_the_old_one() {
        deposit(20);
        takeSnapshot();
        Repository<Command, Account, AccountEvent> next =
                keeping(Snapshots.of(Account.class).everyEvents(10).schemaVersion(2));

        assertThat(evolvedBy(() -> next.load(stream))).isEqualTo(20);
        Awaitility.await().atMost(SOON).until(() -> rows("version = 20") == 2);
        assertThat(evolvedBy(() -> kept.load(stream))).isZero();
    }

    /** A state that is not equal after it was written as JSON and read again. */
    record Lossy(int[] cents) {}

    @Test
    void a_state_that_json_does_not_give_back_is_never_kept() {
        Decider<Command, Lossy, AccountEvent> decider = Decider.of(
                new Lossy(new int[0]), (command, state) -> List.of(), (state, event) -> new Lossy(new int[] {1, 2}));
        Repository<Command, Lossy, AccountEvent> lossy = repositories.of(
                "account",
                AccountEvent.class,
                decider,
                Snapshots.of(Lossy.class).everyEvents(1));
        deposit(20);

        assertThat(lossy.load(stream).state().cents()).containsExactly(1, 2);
        takeSnapshot(); // of the other repository: snapshots are taken one after the other
        assertThat(rows("kind like '%Lossy%'")).isZero();
    }

    @Test
    void an_object_with_behaviour_is_kept_by_a_record_of_its_state() {
        Repository<Consumer<AccountObject>, AccountObject, AccountEvent> objects = repositories.of(
                "account",
                AccountEvent.class,
                Decider.aggregate(AccountObject::new),
                Snapshots.of(Account.class, AccountObject::state, AccountObject::new)
                        .everyEvents(10));
        deposit(20);
        objects.load(stream);
        awaitSnapshotAt(20);
        change("update meowmx_snapshots set data = replace(data, '\"cents\":20', '\"cents\":1020')");

        AccountObject loaded = objects.load(stream).state();

        assertThat(loaded.state().cents()).as("what the snapshot says").isEqualTo(1_020);
        assertThat(loaded.version()).isEqualTo(20);
        objects.update(stream, account -> account.withdraw(1));
        assertThat(objects.load(stream).version()).isEqualTo(21);
    }

    @Test
    void folds_with_and_without_snapshots_are_the_same_over_random_histories() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int history = 0; history < 10; history++) {
            stream = kept.stream("random-" + history);
            for (int step = 0; step < 12; step++) {
                events.append(stream, any(), movements(random));
                disturb(random);
                assertThat(kept.load(stream)).as("seed %d", seed).isEqualTo(plain.load(stream));
                long version = random.nextLong(plain.load(stream).version() + 1);
                assertThat(kept.at(stream, version)).as("seed %d", seed).isEqualTo(plain.at(stream, version));
            }
        }
    }

    private static List<NewEvent> movements(Random random) {
        List<NewEvent> movements = new ArrayList<>();
        for (int i = random.nextInt(25); i >= 0; i--) {
            AccountEvent event =
                    switch (random.nextInt(3)) {
                        case 0 -> new AccountEvent.Opened("owner " + random.nextInt());
                        case 1 -> new AccountEvent.Deposited(random.nextLong(1_000));
                        default -> new AccountEvent.Withdrawn(random.nextLong(1_000));
                    };
            movements.add(NewEvent.of(event));
        }
        return movements;
    }

    /** Changes the table without the store's knowledge. */
    private void disturb(Random random) {
        switch (random.nextInt(6)) {
            case 0 -> change("delete from meowmx_snapshots");
            case 1 -> change("update meowmx_snapshots set data = '{'");
            case 2 -> change("update meowmx_snapshots set version = version + 1");
            case 3 -> change("update meowmx_snapshots set event_id = '" + UUID.randomUUID() + "'");
            case 4 ->
                Awaitility.await().atMost(SOON).until(() -> {
                    Versioned<Account> loaded = kept.load(stream);
                    return evolvedBy(() -> kept.load(stream)) < 10 && loaded.exists();
                });
            default -> {}
        }
    }
}
