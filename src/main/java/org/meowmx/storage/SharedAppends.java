package org.meowmx.storage;

import jakarta.transaction.TransactionalException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meowmx.AppendResult;
import org.meowmx.ContentionException;
import org.meowmx.LogGrowth;
import org.meowmx.SequenceResetException;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.groupcommit.GroupCommit;
import org.meowmx.groupcommit.GroupLimits;
import org.meowmx.groupcommit.GroupWriter;
import org.meowmx.groupcommit.LeaderFailedException;
import org.meowmx.groupcommit.NotWrittenException;
import org.meowmx.storage.Decision.Verdict;
import org.meowmx.transaction.OutcomeUnknownException;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.SqlState;
import org.meowmx.transaction.TransactionTimeout;

/**
 * Appends for callers without a transaction, which may share one with each other; {@link org.meowmx.groupcommit} explains how.
 *
 * <p>A group never waits for the row lock of another transaction: a caller whose stream is not free appends alone and waits alone. A
 * wrong version or a known id refuses only its own batch. If the database refuses the statement as a whole, because of its content or
 * of contention, each caller tries alone. If the connection, the pool or the server fails, all callers get that failure. Once the
 * commit is requested, all callers get the same answer, and nothing is tried again.
 */
final class SharedAppends implements GroupWriter<PendingAppend, AppendAnswer> {

    private static final Logger LOG = System.getLogger(SharedAppends.class.getName());

    /** More appends, events or bytes would hold back the high-water mark for longer. */
    private static final GroupLimits LIMITS = new GroupLimits(256, 1_000, 1 << 20, 8, 4, Duration.ofSeconds(60));

    private static final AppendAnswer ALONE = new AppendAnswer.Alone();

    private static final AppendAnswer UNKNOWN = new AppendAnswer.Failed(new OutcomeUnknownException(
            new IllegalStateException("The thread that wrote the append together with others has not answered")));

    private final boolean enabled;
    private final Log log;
    private final Appender appender;
    private final PositionGuard guard;
    private final CommittedAppends committed;
    private final OwnTransaction own;
    private final TransactionTimeout timeout;
    private final GroupCommit<PendingAppend, AppendAnswer> groups = new GroupCommit<>(this, LIMITS);

    /** Whether callers may share transactions; null before the database was asked. */
    private volatile @Nullable Boolean shared;

    /** @param enabled whether the configuration allows it */
    SharedAppends(
            boolean enabled,
            Log log,
            Appender appender,
            PositionGuard guard,
            CommittedAppends committed,
            OwnTransaction own,
            TransactionTimeout timeout) {
        this.enabled = enabled;
        this.log = log;
        this.appender = appender;
        this.guard = guard;
        this.committed = committed;
        this.own = own;
        this.timeout = timeout;
    }

    /** Whether appends of different callers may share transactions. The first call asks the database. */
    boolean areOn() {
        if (!enabled) {
            return false;
        }
        Boolean known = shared;
        if (known == null) {
            known = !own.run(log::hasRowSecurity);
            shared = known;
        }
        return known;
    }

    /** From now on, appends run alone. Waits for the groups that exist. */
    void stop(Duration limit) {
        if (!groups.close(limit)) {
            LOG.log(
                    Level.WARNING,
                    "Appends that share a transaction did not end within {0}. Their callers still wait for the database",
                    limit);
        }
    }

    /**
     * Appends a batch, in a transaction of its own or together with others.
     *
     * @param inOwn appends it in a transaction of its own
     */
    AppendResult append(Batch batch, Supplier<AppendResult> inOwn) {
        PendingAppend request = PendingAppend.of(batch);
        if (groups.startAlone(request)) {
            return alone(request, inOwn);
        }
        AppendAnswer answer = submit(request);
        if (answer instanceof AppendAnswer.Stored stored) {
            return appender.result(batch, stored.places());
        }
        if (answer instanceof AppendAnswer.Refused refused) {
            return repeatOrConflict(batch, refused.actual());
        }
        if (answer instanceof AppendAnswer.Failed failed) {
            throw ownExceptionFor(failed.failure());
        }
        return alone(request, inOwn);
    }

    private AppendAnswer submit(PendingAppend request) {
        try {
            return groups.submit(request);
        } catch (NotWrittenException e) {
            throw e.isInterrupted() ? new TransactionalException(e.getMessage(), e) : ContentionException.ofWait(e);
        }
    }

    private AppendResult alone(PendingAppend request, Supplier<AppendResult> inOwn) {
        AppendResult result;
        try {
            result = inOwn.get();
        } finally {
            groups.endAlone(request);
        }
        committed.inOwnTransaction(List.of(result));
        return result;
    }

    private AppendResult repeatOrConflict(Batch batch, long actual) {
        Optional<AppendResult> repeat = batch.hasGivenIds() ? own.run(() -> appender.repeat(batch)) : Optional.empty();
        return repeat.orElseThrow(() -> new WrongExpectedVersionException(batch.stream(), batch.expected(), actual));
    }

    /** A copy for one thread, because an exception has the stack trace of its thread and may be changed later. */
    private static RuntimeException ownExceptionFor(RuntimeException failure) {
        if (failure instanceof OutcomeUnknownException) {
            return new OutcomeUnknownException(failure);
        }
        if (failure instanceof SequenceResetException reset) {
            return new SequenceResetException(reset.lastPosition(), reset.usedPosition());
        }
        return SqlErrors.ofTransaction(new TransactionalException(
                "The append shared a transaction with other appends of this node. The transaction failed, so nothing was stored",
                failure));
    }

    /** The progress of a group's transaction. */
    private enum Phase {
        BEGINNING,
        WRITING,
        COMMITTING
    }

    @Override
    public List<AppendAnswer> write(List<PendingAppend> requests) {
        Merged merged = Merged.of(requests);
        AtomicReference<Phase> phase = new AtomicReference<>(Phase.BEGINNING);
        boolean limited = false;
        try {
            limited = limitTime();
            List<Decision> decisions = own.run(() -> {
                phase.set(Phase.WRITING);
                List<Decision> written = write(merged.group());
                phase.set(Phase.COMMITTING);
                return written;
            });
            decisions.forEach(decision -> decision.places().forEach(place -> guard.know(place.position())));
            return merged.answers(decisions);
        } catch (RuntimeException e) {
            AppendAnswer answer = afterFailure(e, Objects.requireNonNull(phase.get()));
            return requests.stream().map(request -> answer).toList();
        } finally {
            if (limited) {
                resetTime();
            }
        }
    }

    /** @throws LeaderFailedException if this thread may be the reason: it has no transactions, or was interrupted */
    private static AppendAnswer afterFailure(RuntimeException failure, Phase phase) {
        boolean mayBeItsThread =
                phase == Phase.BEGINNING || Thread.currentThread().isInterrupted();
        if (phase != Phase.COMMITTING && mayBeItsThread) {
            throw new LeaderFailedException(SqlErrors.ofTransaction(failure));
        }
        boolean mayTryAlone =
                phase == Phase.WRITING && (failure instanceof RefusedCreation || SqlState.isCausedByTheWork(failure));
        return mayTryAlone ? ALONE : new AppendAnswer.Failed(failure);
    }

    /** The leader's thread may have a timeout of its own. In an EJB with managed transactions it cannot be changed. */
    private boolean limitTime() {
        try {
            timeout.set(LIMITS.timeout());
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void resetTime() {
        try {
            timeout.reset();
        } catch (IllegalStateException e) {
            LOG.log(Level.WARNING, "The transaction timeout of this thread could not be reset", e);
        }
    }

    private List<Decision> write(BatchGroup group) {
        long known = guard.known();
        List<Decision> decisions = log.appendEachIfFree(group);
        for (Decision decision : decisions) {
            if (decision.is(Verdict.WRITTEN)) {
                guard.requireAbove(known, decision.places().get(0).position());
            } else if (decision.is(Verdict.KNOWN_ID) && decision.version() == 0) {
                throw new RefusedCreation();
            }
        }
        return decisions;
    }

    /**
     * Another transaction has stored an id of a batch between the creation of its new stream's row and the decision about the batch.
     * The row must not be committed.
     */
    private static final class RefusedCreation extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @Override
    public boolean isLeftToCaller(AppendAnswer answer) {
        return answer instanceof AppendAnswer.Alone;
    }

    @Override
    public void afterwards(List<PendingAppend> requests, List<AppendAnswer> answers) {
        List<LogGrowth.Added> added = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            if (answers.get(i) instanceof AppendAnswer.Stored) {
                Batch batch = requests.get(i).batch();
                added.add(new LogGrowth.Added(
                        batch.stream(), batch.events().get(0).content().type()));
            }
        }
        committed.fire(added);
    }

    @Override
    public AppendAnswer unknown() {
        return UNKNOWN;
    }

    /**
     * Requests as a group of batches: several requests for one stream become one batch.
     *
     * @param batchOf the index of each request's batch
     */
    private record Merged(List<PendingAppend> requests, List<Integer> batchOf, BatchGroup group) {

        private static Merged of(List<PendingAppend> requests) {
            Map<StreamId, Integer> indexes = new LinkedHashMap<>();
            List<Batch> batches = new ArrayList<>();
            List<Integer> batchOf = new ArrayList<>();
            for (PendingAppend request : requests) {
                Batch batch = request.batch();
                Integer index = indexes.putIfAbsent(batch.stream(), batches.size());
                if (index == null) {
                    batchOf.add(batches.size());
                    batches.add(batch);
                } else {
                    batchOf.add(index);
                    batches.set(index, batches.get(index).with(batch.events()));
                }
            }
            return new Merged(requests, batchOf, BatchGroup.oneAfterTheOther(batches));
        }

        private List<AppendAnswer> answers(List<Decision> decisions) {
            int[] taken = new int[decisions.size()];
            List<AppendAnswer> answers = new ArrayList<>(requests.size());
            for (int i = 0; i < requests.size(); i++) {
                int index = batchOf.get(i);
                int size = requests.get(i).entries();
                answers.add(answer(decisions.get(index), taken[index], size));
                taken[index] += size;
            }
            return answers;
        }

        private static AppendAnswer answer(Decision decision, int from, int size) {
            return switch (decision.verdict()) {
                case WRITTEN -> new AppendAnswer.Stored(decision.places().subList(from, from + size));
                case WRONG_VERSION, KNOWN_ID -> new AppendAnswer.Refused(decision.version());
                case POSSIBLE, NOT_FREE -> ALONE;
            };
        }
    }
}
