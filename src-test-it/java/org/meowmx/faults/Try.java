package org.meowmx.faults;

import java.util.ArrayList;
import java.util.List;
import org.meowmx.AppendResult;
import org.meowmx.ContentionException;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.InvalidEventException;
import org.meowmx.StreamAppend;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.anomalies.Attempt;
import org.meowmx.anomalies.Attempt.Write;
import org.meowmx.anomalies.LogEntry;
import org.meowmx.contract.Session;
import org.meowmx.faults.Intent.Way;

/**
 * One attempt to append, and the meaning of its answer.
 *
 * @param begun the attempt as it was recorded before
 */
record Try(EventStore events, Attempt begun) {

    static Attempt begin(int writer, List<StreamAppend> appends) {
        return Attempt.begun(
                writer,
                appends.stream().flatMap(append -> writes(append).stream()).toList());
    }

    /** Calls the store, and records its answer. */
    Attempt end(List<StreamAppend> appends, Way way) {
        try {
            List<AppendResult> results =
                    switch (way) {
                        case ANY_VERSION, EXACT_VERSION -> events.appendAll(appends);
                        case TRANSACTION, ROLLBACK -> inTransaction(appends, way == Way.TRANSACTION);
                    };
            return way == Way.ROLLBACK ? begun.failed() : begun.ok(stored(results));
        } catch (WrongExpectedVersionException | ContentionException | NotCommitted e) {
            return begun.failed();
        } catch (EventIdConflictException | InvalidEventException e) {
            return begun.refused();
        } catch (RuntimeException e) {
            return begun;
        }
    }

    /** Thrown before the commit, so that nothing can have been written. */
    private static final class NotCommitted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotCommitted(RuntimeException cause) {
            super(cause);
        }
    }

    private List<AppendResult> inTransaction(List<StreamAppend> appends, boolean commit) {
        Session session = Session.begin();
        List<AppendResult> results = new ArrayList<>();
        try {
            for (StreamAppend append : appends) {
                results.addAll(session.does(() -> events.appendAll(List.of(append))));
            }
        } catch (EventIdConflictException e) {
            session.rollback();
            throw e;
        } catch (RuntimeException e) {
            session.rollback();
            throw new NotCommitted(e);
        }
        if (commit) {
            session.commit();
        } else {
            session.rollback();
        }
        return results;
    }

    private static List<Write> writes(StreamAppend append) {
        List<Write> writes = new ArrayList<>();
        long after = after(append.expected());
        for (var event : append.events()) {
            writes.add(new Write(event.id(), append.stream().toString(), after));
            after = after == Attempt.ANY ? after : after + 1;
        }
        return writes;
    }

    private static long after(ExpectedVersion expected) {
        if (expected instanceof ExpectedVersion.Exactly exactly) {
            return exactly.version();
        }
        return expected instanceof ExpectedVersion.NoStream ? 0 : Attempt.ANY;
    }

    private static List<LogEntry> stored(List<AppendResult> results) {
        return results.stream()
                .flatMap(result -> result.events().stream())
                .map(event -> new LogEntry(event.id(), event.stream().toString(), event.version(), event.position()))
                .toList();
    }
}
