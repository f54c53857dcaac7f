package org.meowmx.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.aggregate.Decider;
import org.meowmx.aggregate.Repositories;
import org.meowmx.aggregate.Repository;
import org.meowmx.aggregate.Snapshots;
import org.meowmx.testkit.MeowmxTest;

/** The cost of loading an account of 10,000 events with a snapshot, compared with one of 10 events. */
@MeowmxTest(
        config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
        database = CountingDatabase.class)
class LongStreamIT {

    private static final int ROUNDS = 41;

    @Inject
    EventStore events;

    @Inject
    Repositories repositories;

    private final Thread tester = Thread.currentThread();
    private final AtomicInteger folded = new AtomicInteger();
    private Repository<Void, Account, Deposited> plain;
    private Repository<Void, Account, Deposited> kept;

    @EventType("money-deposited")
    record Deposited(long cents) {}

    record Account(long cents) {}

    @BeforeEach
    void openAccounts() {
        Decider<Void, Account, Deposited> account =
                Decider.of(new Account(0), (nothing, state) -> List.of(), this::evolve);
        plain = repositories.of("account", Deposited.class, account);
        kept = repositories.of("account", Deposited.class, account, Snapshots.of(Account.class));
        deposit("long", 9_991);
        deposit("short", 10);
        Awaitility.await().pollInSameThread().until(() -> foldedBy("long", kept) == 0);
        deposit("long", 9);
    }

    private Account evolve(Account account, Deposited deposited) {
        if (Thread.currentThread() == tester) {
            folded.incrementAndGet();
        }
        return new Account(account.cents() + deposited.cents());
    }

    private void deposit(String id, int times) {
        events.append(StreamId.of("account", id), any(), Collections.nCopies(times, NewEvent.of(new Deposited(1))));
    }

    private int foldedBy(String id, Repository<Void, Account, Deposited> repository) {
        folded.set(0);
        repository.load(id);
        return folded.get();
    }

    private int statementsOf(String id) {
        CountingDataSource.executed().clear();
        kept.load(id);
        return CountingDataSource.executed().size();
    }

    @Test
    void it_costs_as_many_statements_and_events() {
        assertThat(kept.load("long").state()).isEqualTo(new Account(10_000));
        assertThat(foldedBy("long", plain)).isEqualTo(10_000);
        assertThat(foldedBy("long", kept)).as("since the last snapshot").isLessThan(10);
        assertThat(foldedBy("short", kept)).isEqualTo(10);
        assertThat(statementsOf("long")).isEqualTo(statementsOf("short")).isEqualTo(2);
    }

    @Test
    void it_takes_about_as_long() {
        double[] shortTimes = new double[ROUNDS];
        double[] longTimes = new double[ROUNDS];
        double[] plainTimes = new double[ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            int measured = Math.max(0, round);
            shortTimes[measured] = millis("short", kept);
            longTimes[measured] = millis("long", kept);
            plainTimes[measured] = round % 4 == 0 ? millis("long", plain) : plainTimes[Math.max(0, measured - 1)];
        }
        double withSnapshot = median(longTimes) / median(shortTimes);
        double without = median(plainTimes) / median(shortTimes);
        System.out.printf(
                "10 events: %.2f ms; 10,000 events with a snapshot: %.2f times that, without: %.1f times%n",
                median(shortTimes), withSnapshot, without);

        assertThat(withSnapshot).isLessThan(2);
    }

    private static double millis(String id, Repository<Void, Account, Deposited> repository) {
        long began = System.nanoTime();
        repository.load(id);
        return (System.nanoTime() - began) / 1e6;
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
