package org.meowmx;

import java.util.UUID;

/**
 * The name that a caller gives to one command, so that a repeat of the command is recognised: for example the value of
 * the HTTP header {@code Idempotency-Key}.
 *
 * <p>The ids of the events that the command leads to are derived from the key. A repeat derives the same ids, so the
 * store returns the original events instead of storing them again. Use each key for one command only, and choose it at
 * random, for example as a UUID.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters of well-formed UTF-16, not blank, without control characters
 */
public record IdempotencyKey(String value) {

    /** The largest length of a key, in characters. */
    public static final int MAX_LENGTH = Names.MAX_LENGTH;

    /** The namespace of all derived ids. It never changes. */
    private static final UUID NAMESPACE = UUID.fromString("5a8a1e64-2f0a-4d0e-9d2b-6f0c7d5b1a3e");

    /**
     * Creates a key.
     *
     * @throws InvalidEventException if the value breaks a rule of this class
     */
    public IdempotencyKey {
        Names.check("idempotencyKey", value);
    }

    /**
     * Creates a key.
     *
     * @throws InvalidEventException if the value breaks a rule of this class
     */
    public static IdempotencyKey of(String value) {
        return new IdempotencyKey(value);
    }

    /** Creates a key. */
    public static IdempotencyKey of(UUID value) {
        return new IdempotencyKey(Required.present("value", value).toString());
    }

    /**
     * The id of one event of the command: a UUID of version 5 (RFC 9562, section 5.5), named by the key, the stream and
     * the ordinal.
     *
     * @param stream the stream of the event
     * @param ordinal the number of events that the command has appended to this stream before, 0 or greater
     * @throws IllegalArgumentException if the ordinal is negative
     */
    public UUID eventId(StreamId stream, int ordinal) {
        Required.present("stream", stream);
        if (ordinal < 0) {
            throw new IllegalArgumentException("ordinal must be 0 or greater, was " + ordinal);
        }
        // no part contains a line break, so different parts never give the same name
        String name = String.join("\n", value, stream.category(), stream.id(), Integer.toString(ordinal));
        return EventIds.named(NAMESPACE, name);
    }
}
