package org.meowmx.anomalies;

import static org.meowmx.anomalies.Attempt.ANY;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.meowmx.anomalies.Attempt.Write;
import org.meowmx.anomalies.LedgerEntry.Handled;

/**
 * A history without anomalies, which a test can change. Two writers filled three streams. A subscription of one segment handled them in
 * two turns, and the second turn was tried twice.
 */
final class Forgery {

    static final LogEntry A1 = entry("a", 1, 1);
    static final LogEntry A2 = entry("a", 2, 3);
    static final LogEntry B1 = entry("b", 1, 4);
    static final LogEntry C1 = entry("c", 1, 5);
    static final LogEntry A3 = entry("a", 3, 8);

    /** An event whose append failed, and one whose append got no answer. */
    static final LogEntry FAILED = entry("a", 4, 9);

    static final LogEntry UNKNOWN = entry("a", 4, 10);

    private static final int BATCH = 3;

    final List<Attempt> attempts = new ArrayList<>();
    final List<LogEntry> log = new ArrayList<>(List.of(A1, A2, B1, C1, A3));
    final List<LedgerEntry> ledger = new ArrayList<>();
    final List<Handled> outside = new ArrayList<>();
    final Set<UUID> parked = new HashSet<>();
    final List<Sample> samples = new ArrayList<>();

    Forgery() {
        attempts.add(begun(1, 0, A1).ok(List.of(A1)));
        // the answer to the first attempt was lost
        attempts.add(begun(2, ANY, A2, B1));
        attempts.add(begun(2, ANY, A2, B1).ok(List.of(A2, B1)));
        attempts.add(begun(1, ANY, C1));
        attempts.add(begun(1, 2, A3).ok(List.of(A3)));
        attempts.add(begun(2, 3, FAILED).failed());
        attempts.add(begun(2, ANY, UNKNOWN));

        handle("first", 0, A1, A2, B1);
        outside.add(handled("rolled back", 4, C1));
        handle("second", 4, C1, A3);
        samples.add(new Sample(0, 0, 0, 4));
        samples.add(new Sample(0, 0, 4, 8));
        samples.add(new Sample(0, 0, 10, 10));
    }

    static LogEntry entry(String stream, long version, long position) {
        UUID id = UUID.nameUUIDFromBytes((stream + version + "/" + position).getBytes(StandardCharsets.UTF_8));
        return new LogEntry(id, stream, version, position);
    }

    static Attempt begun(int writer, long after, LogEntry... events) {
        List<Write> writes = new ArrayList<>();
        for (LogEntry event : events) {
            writes.add(new Write(event.event(), event.stream(), after));
        }
        return Attempt.begun(writer, writes);
    }

    static Handled handled(String turn, long checkpoint, LogEntry event) {
        return new Handled(event, 0, checkpoint, turn, false);
    }

    /** Adds a correct turn. */
    void handle(String turn, long checkpoint, LogEntry... events) {
        for (LogEntry event : events) {
            add(handled(turn, checkpoint, event));
        }
    }

    /** Adds a handled event, with its effect outside of the database. */
    void add(Handled one) {
        ledger.add(one);
        outside.add(one);
    }

    /** Removes an event, as if the subscription had never received it. */
    void forget(LogEntry event) {
        ledger.removeIf(entry -> entry instanceof Handled one && one.event().equals(event));
        outside.removeIf(one -> one.event().equals(event));
    }

    /** Removes everything, as if the subscription had never started. */
    void forgetAll() {
        ledger.clear();
        outside.clear();
    }

    History history() {
        Reader reader = new Reader("list", ledger, outside, parked, samples);
        return new History(attempts, log, List.of(reader), BATCH);
    }

    Set<Anomaly> anomalies() {
        Set<Anomaly> found = new HashSet<>();
        HistoryChecker.findings(history()).forEach(finding -> found.add(finding.anomaly()));
        return found;
    }
}
