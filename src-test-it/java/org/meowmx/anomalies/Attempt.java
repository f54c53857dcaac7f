package org.meowmx.anomalies;

import java.util.List;
import java.util.UUID;

/**
 * One try of a writer to append. Tries with the same event ids are repeats of one append; the appends of one writer come one
 * after the other.
 *
 * @param writes the events, in the order of the append
 * @param reply the events as the writer was told they are stored; empty unless the answer was ok
 */
public record Attempt(int writer, List<Write> writes, Answer answer, List<LogEntry> reply) {

    /** Where {@link Write#after} asks for nothing. */
    public static final long ANY = -1;

    public Attempt {
        writes = List.copyOf(writes);
        reply = List.copyOf(reply);
    }

    /**
     * An event to be appended.
     *
     * @param after the version of its stream directly before it; {@link #ANY} when the writer did not say
     */
    public record Write(UUID event, String stream, long after) {

        @Override
        public String toString() {
            return stream + (after == ANY ? "" : " behind " + after) + " (" + event + ")";
        }
    }

    /** What the writer knows of the result. */
    public enum Answer {
        OK,
        /** Nothing was written, for sure. */
        FAILED,
        /** The try was begun, and no answer came. */
        UNKNOWN,
        /** The store said something that it must not say to this writer. */
        REFUSED
    }

    /** A try that has been begun. */
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
