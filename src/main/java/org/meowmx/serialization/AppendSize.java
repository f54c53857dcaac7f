package org.meowmx.serialization;

import org.meowmx.InvalidEventException;

/**
 * Counts the JSON of one call of append while its events are serialized, and ends the call before it is too large for one
 * statement. Not thread-safe.
 */
public final class AppendSize {

    /**
     * The limit for data and metadata of one call together, in characters. With up to three bytes each, or a backslash before
     * each, it stays below the gigabyte that PostgreSQL accepts as one value.
     */
    public static final int MAX = 134_217_728;

    private final long limit;
    private long characters;

    public AppendSize() {
        this(MAX);
    }

    /** @param limit the limit in characters, 1 or greater */
    AppendSize(long limit) {
        this.limit = limit;
    }

    /**
     * Adds an event.
     *
     * @throws InvalidEventException if the call is too large
     */
    public void add(SerializedEvent event) {
        characters += event.data().length() + event.metadata().length();
        if (characters > limit) {
            throw new InvalidEventException(
                    "events",
                    "have more than %d characters of JSON together, which one append allows; append them in several calls"
                            .formatted(limit));
        }
    }
}
