package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.ExpectedVersion;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.groupcommit.LeaderFailedException;
import org.meowmx.serialization.SerializedEvent;
import org.meowmx.storage.Decision.Verdict;
import org.meowmx.transaction.OutcomeUnknownException;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.TransactionTimeout;

/** The answers of a leader to the members of its group, for each time and cause of a failure. */
@SuppressWarnings("NullAway") // what writing a group does not use
class SharedAppendsTest {

    private final AtomicInteger messages = new AtomicInteger();
    private final List<Duration> timeouts = new ArrayList<>();
    private final PositionGuard guard = PositionGuard.on();

    /** Writes each batch at the next position. */
    private Function<BatchGroup, List<Decision>> database = group -> {
        long[] position = {0};
        return group.batches().stream()
                .map(batch -> Decision.written(
                        0,
                        batch.events().stream()
                                .map(event -> new Place(++position[0], 1, Instant.EPOCH))
                                .toList()))
                .toList();
    };

    /** The effect of the commit. */
    private Runnable commit = () -> {};

    /** The effect of the beginning of the transaction. */
    private Runnable begin = () -> {};

    private final SharedAppends appends = new SharedAppends(
            true,
            (Log) Proxy.newProxyInstance(
                    Log.class.getClassLoader(), new Class<?>[] {Log.class}, (proxy, method, arguments) -> {
                        assertThat(method.getName()).isEqualTo("appendEachIfFree");
                        messages.incrementAndGet();
                        return database.apply((BatchGroup) arguments[0]);
                    }),
            null,
            guard,
            null,
            new OwnTransaction() {
                @Override
                public <T> T run(Supplier<T> work) {
                    begin.run();
                    T result = work.get();
                    commit.run();
                    return result;
                }
            },
            new TransactionTimeout() {
                @Override
                public void set(Duration timeout) {
                    timeouts.add(timeout);
                }

                @Override
                public void reset() {
                    timeouts.add(Duration.ZERO);
                }
            });

    private static PendingAppend request(String stream, ExpectedVersion expected) {
        Batch.Event event = new Batch.Event(
                UUID.randomUUID(),
                NewEvent.of("noted", "{}"),
                new SerializedEvent("noted", "{}", "{}"),
                Metadata.none(),
                false);
        return PendingAppend.of(new Batch(StreamId.of("test", stream), expected, List.of(event)));
    }

    private final List<PendingAppend> group =
            List.of(request("a", noStream()), request("b", exactly(1)), request("c", any()));

    private static RuntimeException sql(String state) {
        return new IllegalStateException(new SQLException("by the database", state));
    }

    @Test
    void each_member_gets_the_decision_about_its_own_stream() {
        Place first = new Place(7, 1, Instant.EPOCH);
        database = all -> List.of(
                Decision.written(0, List.of(first)),
                Decision.not(Verdict.WRONG_VERSION, 4),
                Decision.not(Verdict.NOT_FREE, -1));

        assertThat(appends.write(group))
                .containsExactly(
                        new AppendAnswer.Stored(List.of(first)), new AppendAnswer.Refused(4), new AppendAnswer.Alone());
    }

    @Test
    void appends_to_one_stream_are_one_batch_and_each_gets_its_own_places() {
        List<AppendAnswer> answers =
                appends.write(List.of(request("a", any()), request("b", any()), request("a", any())));

        assertThat(answers)
                .extracting(
                        answer -> ((AppendAnswer.Stored) answer).places().get(0).position())
                .containsExactly(1L, 3L, 2L);
    }

    /** Invalid data, a violated constraint, a deadlock, a lock timeout: one member may be the cause. */
    @ParameterizedTest
    @ValueSource(strings = {"22P02", "23505", "40P01", "55P03"})
    void what_one_member_may_have_caused_lets_each_try_alone(String state) {
        database = all -> {
            throw sql(state);
        };

        assertThat(appends.write(group)).hasSize(3).allMatch(AppendAnswer.Alone.class::isInstance);
    }

    /** A lost connection, too many connections, no memory, a server that shuts down: all members would fail again, one by one. */
    @ParameterizedTest
    @ValueSource(strings = {"08006", "53300", "53200", "57P01", "58030"})
    void what_no_member_has_caused_fails_all_of_them_at_once(String state) {
        RuntimeException failure = sql(state);
        database = all -> {
            throw failure;
        };

        assertThat(appends.write(group)).hasSize(3).allSatisfy(answer -> assertThat(answer)
                .isEqualTo(new AppendAnswer.Failed(failure)));
        assertThat(messages).as("messages to the database").hasValue(1);
    }

    /** Even for a state that would let members try alone: the events may be stored. */
    @ParameterizedTest
    @ValueSource(strings = {"40001", "23505", "08006"})
    void from_the_request_to_commit_on_nothing_is_written_again(String state) {
        OutcomeUnknownException lost = new OutcomeUnknownException(sql(state));
        commit = () -> {
            throw lost;
        };

        assertThat(appends.write(group)).hasSize(3).allSatisfy(answer -> assertThat(answer)
                .isEqualTo(new AppendAnswer.Failed(lost)));
        assertThat(messages).hasValue(1);
    }

    /** For example, its thread has no naming context, or the pool gives it no connection for its transaction. */
    @Test
    void a_leader_that_cannot_begin_fails_alone() {
        begin = () -> {
            throw new IllegalStateException("no transactions in this thread");
        };

        assertThatThrownBy(() -> appends.write(group)).isInstanceOf(LeaderFailedException.class);
        assertThat(messages).hasValue(0);
    }

    @Test
    void positions_below_a_known_one_are_refused_for_all() {
        guard.know(100);

        assertThat(appends.write(group)).hasSize(3).allSatisfy(answer -> assertThat(answer)
                .isInstanceOfSatisfying(AppendAnswer.Failed.class, failed -> assertThat(failed.failure())
                        .isInstanceOf(org.meowmx.SequenceResetException.class)));
    }

    @Test
    void the_leader_has_the_timeout_of_its_thread_again_after_success_and_failure() {
        appends.write(group);
        database = all -> {
            throw sql("08006");
        };
        appends.write(group);

        assertThat(timeouts)
                .containsExactly(Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(60), Duration.ZERO);
    }
}
