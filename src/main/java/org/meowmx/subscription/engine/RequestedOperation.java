package org.meowmx.subscription.engine;

import org.meowmx.StreamId;

/**
 * An operation that calls observers, requested on a node that cannot carry it out. It is stored as text in the checkpoints of
 * the subscription. The parts of the text are separated by U+001F, which no name contains.
 */
sealed interface RequestedOperation {

    /** The stored text. */
    String text();

    /** The text for messages. */
    String description();

    /** Moves to the beginning, and ends a pause. */
    record Replay() implements RequestedOperation {

        @Override
        public String text() {
            return "replay";
        }

        @Override
        public String description() {
            return "replay";
        }
    }

    /** Moves a paused subscription to a position. */
    record Reposition(long position) implements RequestedOperation {

        @Override
        public String text() {
            return join("reposition", Long.toString(position));
        }

        @Override
        public String description() {
            return "reposition to " + position;
        }
    }

    /** Handles the parked events of a stream. */
    record RetryParked(StreamId stream) implements RequestedOperation {

        @Override
        public String text() {
            return join("retry", stream.category(), stream.id());
        }

        @Override
        public String description() {
            return "retry " + stream;
        }
    }

    /** Discards the first parked event of a stream, and handles the others. */
    record SkipParked(StreamId stream) implements RequestedOperation {

        @Override
        public String text() {
            return join("skip", stream.category(), stream.id());
        }

        @Override
        public String description() {
            return "skip the first parked event of " + stream;
        }
    }

    /** Takes over as the serving version of a projection. */
    record Switch(boolean evenIfFailing) implements RequestedOperation {

        @Override
        public String text() {
            return join("switch", Boolean.toString(evenIfFailing));
        }

        @Override
        public String description() {
            return evenIfFailing ? "take over from a failing version" : "take over";
        }
    }

    /** The operation of a stored text. */
    static RequestedOperation of(String text) {
        String[] parts = text.split("\u001f", -1);
        return switch (parts[0]) {
            case "replay" -> new Replay();
            case "reposition" -> new Reposition(Long.parseLong(parts[1]));
            case "retry" -> new RetryParked(new StreamId(parts[1], parts[2]));
            case "switch" -> new Switch(Boolean.parseBoolean(parts[1]));
            case "skip" -> new SkipParked(new StreamId(parts[1], parts[2]));
            default ->
                throw new IllegalStateException(
                        "Operation '%s' in meowmx_checkpoints is not known to this release".formatted(parts[0]));
        };
    }

    private static String join(String... parts) {
        return String.join("\u001f", parts);
    }
}
