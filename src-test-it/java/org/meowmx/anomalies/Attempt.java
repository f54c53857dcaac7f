package org.meowmx.anomalies;

import java.util.List;
import java.util.UUID;

/**
 * One attempt of a writer to append. Attempts with the same event ids are repeats of one append. The appends of one writer do not
 * overlap.
 *
 * @param writes the events, in the order of the append
 * @param reply the stored events according to the answer; empty unless the answer was ok
 */
public record Attempt(int writer, List<Write> writes, Answer answer, List<LogEntry> reply) {

    /** The value of {@link Write#after} if the writer expected no version. */
    public static final long ANY = -1;

    public Attempt {
        writes = List.copyOf(writes);
        reply = List.copyOf(reply);
    }

    /**
     * An event to be appended.
     *
     * @param after the expected version of its stream directly before it; {@link #ANY} if the writer expected none
     */
    public record Write(UUID event, String stream, long after) {

        @Override
        public String toString() {
            return stream + (after == ANY ? "" : " behind " + after) + " (" + event + ")";
        }
    }

    /** The answer that the writer got. */
    public enum Answer {
        OK,
        /** Certainly, nothing was written. */
        FAILED,
        /** The attempt was begun, and no answer arrived. */
        UNKNOWN,
        /** The store gave an answer that this writer must not get. */
        REFUSED
    }

    /** An attempt that has begun. */
    public static Attempt begun(int writer, List<Write> writes) {
        return new Attempt(writer, writes, Answer.UNKNOWN, List.of());
    }

    public Attempt ok(List<LogEntry> stored) {
        return new Attempt(writer, writes, Answer.OK, stored);
    }

    public Attempt failed() {
        return new Attempt(writer, writes, Answer.FAILED, List.of());
    }

    public Attempt refused() {
        return new Attempt(writer, writes, Answer.REFUSED, List.of());
    }

    @Override
    public String toString() {
        return "writer " + writer + " " + writes + ", " + answer + (reply.isEmpty() ? "" : " " + reply);
    }

    List<UUID> events() {
        return writes.stream().map(Write::event).toList();
    }
}
