package org.meowmx.storage;

import jakarta.transaction.TransactionalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meowmx.AppendResult;
import org.meowmx.LogGrowth;
import org.meowmx.MeowmxException;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.groupcommit.GroupCommit;
import org.meowmx.groupcommit.GroupLimits;
import org.meowmx.groupcommit.GroupWriter;
import org.meowmx.groupcommit.LeaderFailedException;
import org.meowmx.storage.Decision.Verdict;
import org.meowmx.transaction.OutcomeUnknownException;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.SqlState;
import org.meowmx.transaction.TransactionTimeout;

/**
 * Appends of callers without a transaction, which may share one with each other; {@link org.meowmx.groupcommit} explains how.
 *
 * <p>A group never waits for the row lock of another transaction: the caller whose stream is not free appends alone and waits
 * alone. A wrong version or a known id refuses only its own batch. If the database refuses the statement as a whole, because of
 * its content or of contention, each caller tries alone. If the connection, the pool or the server fails, everybody gets that
 * failure. From the request to commit on, everybody gets the same answer, and nothing is tried again.
 */
final class GroupedAppends implements GroupWriter<GroupedBatch, GroupAnswer> {

    /** More appends, events or bytes would hold back everybody's high-water mark for longer. */
    private static final GroupLimits LIMITS = new GroupLimits(256, 1_000, 1 << 20, Duration.ofSeconds(60));

    private static final GroupAnswer NOT_TRIED = new GroupAnswer.NotTried();

    private static final GroupAnswer UNKNOWN = new GroupAnswer.Failed(new OutcomeUnknownException(
            new IllegalStateException("The thread that wrote the append together with others has not answered")));

    private final Log log;
    private final Appender appender;
    private final PositionGuard guard;
    private final CommittedAppends committed;
    private final OwnTransaction own;
    private final TransactionTimeout timeout;
    private final GroupCommit<GroupedBatch, GroupAnswer> groups = new GroupCommit<>(this, LIMITS);
    private final boolean enabled;

    /** Whether callers may share transactions; null before the database was asked. */
    private volatile @Nullable Boolean shared;

    /** @param enabled whether the configuration allows it */
    GroupedAppends(
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
    boolean isOn() {
        if (!enabled) {
            return false;
        }
        Boolean known = shared;
        if (known == null) {
            known = own.run(log::letsCallersShareTransactions);
            shared = known;
        }
        return known;
    }

    /** Lets appends run alone from now on, and waits for the groups that exist. */
    void stop(Duration limit) {
        groups.close(limit);
    }

    /**
     * Appends a batch, in a transaction of its own or together with others.
     *
     * @param alone appends it in a transaction of its own
     */
    AppendResult append(Batch batch, Supplier<AppendResult> alone) {
        GroupedBatch request = GroupedBatch.of(batch);
        if (groups.startAlone(request)) {
            try {
                return alone.get();
            } finally {
                groups.endAlone();
            }
        }
        GroupAnswer answer = groups.submit(request);
        if (answer instanceof GroupAnswer.Stored stored) {
            return appender.result(batch, stored.places());
        }
        if (answer instanceof GroupAnswer.WrongVersion wrong && !batch.hasGivenIds()) {
            throw new WrongExpectedVersionException(batch.stream(), batch.expected(), wrong.actual());
        }
        if (answer instanceof GroupAnswer.Failed failed) {
            throw ownExceptionFor(failed.failure());
        }
        return alone.get(); // also searches for the ids of a repeat
    }

    /** An exception belongs to one thread, with its stack trace and what is added to it later. */
    private static RuntimeException ownExceptionFor(RuntimeException failure) {
        if (failure instanceof OutcomeUnknownException) {
            return new OutcomeUnknownException(failure);
        }
        if (failure instanceof MeowmxException) {
            return failure;
        }
        return SqlErrors.ofTransaction(new TransactionalException(
                "The append shared a transaction with other appends of this node. The transaction failed, so nothing was stored",
                failure));
    }

    /** How far the transaction of a group has come. */
    private enum Phase {
        BEGINNING,
        WRITING,
        COMMITTING
    }

    @Override
    public List<GroupAnswer> write(List<GroupedBatch> requests) {
        Merged merged = Merged.of(requests);
        Phase[] phase = {Phase.BEGINNING};
        boolean limited = limitTime();
        try {
            List<Decision> decisions = own.run(() -> {
                phase[0] = Phase.WRITING;
                List<Decision> written = write(merged.group());
                phase[0] = Phase.COMMITTING;
                return written;
            });
            notify(merged.group(), decisions);
            return merged.answers(decisions);
        } catch (RuntimeException e) {
            if (phase[0] == Phase.BEGINNING) {
                throw new LeaderFailedException(e);
            }
            boolean mayTryAlone = phase[0] == Phase.WRITING && (e instanceof RefusedCreation || SqlState.isOfTheWork(e));
            GroupAnswer answer = mayTryAlone ? NOT_TRIED : new GroupAnswer.Failed(e);
            return requests.stream().map(request -> answer).toList();
        } finally {
            if (limited) {
                timeout.reset();
            }
        }
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

    private List<Decision> write(BatchGroup group) {
        long known = guard.known();
        List<Decision> decisions = log.appendFree(group);
        for (Decision decision : decisions) {
            if (decision.is(Verdict.WRITTEN)) {
                guard.requireAbove(known, decision.places().get(0).position());
            } else if (decision.is(Verdict.KNOWN_ID) && decision.version() == 0) {
                throw new RefusedCreation();
            }
        }
        return decisions;
    }

    /** The row of a stream may have been created for a batch that was refused. The transaction must not commit it. */
    private static final class RefusedCreation extends MeowmxException {

        private static final long serialVersionUID = 1L;

        RefusedCreation() {
            super("The log has an id of an append that would create its stream", null);
        }
    }

    private void notify(BatchGroup group, List<Decision> decisions) {
        List<LogGrowth.Added> added = new ArrayList<>();
        long position = 0;
        for (int index : group.indexes()) {
            List<Place> places = decisions.get(index).places();
            if (!places.isEmpty()) {
                Batch batch = group.batches().get(index);
                added.add(new LogGrowth.Added(
                        batch.stream(), batch.events().get(0).content().type()));
                position = Math.max(position, places.get(places.size() - 1).position());
            }
        }
        committed.committed(added, position);
    }

    @Override
    public GroupAnswer unknown() {
        return UNKNOWN;
    }

    /**
     * Requests as a group of batches: several requests for one stream become one batch.
     *
     * @param batchOf for each request the index of its batch
     */
    private record Merged(List<GroupedBatch> requests, List<Integer> batchOf, BatchGroup group) {

        private static Merged of(List<GroupedBatch> requests) {
            Map<StreamId, Integer> indexes = new LinkedHashMap<>();
            List<Batch> batches = new ArrayList<>();
            List<Integer> batchOf = new ArrayList<>();
            for (GroupedBatch request : requests) {
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

        private List<GroupAnswer> answers(List<Decision> decisions) {
            int[] taken = new int[decisions.size()];
            List<GroupAnswer> answers = new ArrayList<>(requests.size());
            for (int i = 0; i < requests.size(); i++) {
                int index = batchOf.get(i);
                int size = requests.get(i).entries();
                answers.add(answer(decisions.get(index), taken[index], size));
                taken[index] += size;
            }
            return answers;
        }

        private static GroupAnswer answer(Decision decision, int from, int size) {
            return switch (decision.verdict()) {
                case WRITTEN -> new GroupAnswer.Stored(decision.places().subList(from, from + size));
                case WRONG_VERSION -> new GroupAnswer.WrongVersion(decision.version());
                case POSSIBLE, KNOWN_ID, NOT_FREE -> NOT_TRIED;
            };
        }
    }
}
