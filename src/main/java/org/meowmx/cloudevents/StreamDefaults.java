package org.meowmx.cloudevents;

import org.jspecify.annotations.Nullable;

/**
 * The stream of CloudEvents that do not name one: for producers that know nothing of streams.
 *
 * @param category the category of an event without the attribute {@code category}; null if events must have it
 * @param subject the stream id of an event without the attribute {@code subject}; null if events must have it
 */
public record StreamDefaults(
        @Nullable String category, @Nullable String subject) {

    private static final StreamDefaults NONE = new StreamDefaults(null, null);

    /** Every event must name its stream. */
    public static StreamDefaults none() {
        return NONE;
    }
}
