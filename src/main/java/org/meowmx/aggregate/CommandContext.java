package org.meowmx.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.IdempotencyKey;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.Required;
import org.meowmx.StreamId;

/**
 * The context of a command: the metadata of the resulting events, and the key by which a repeat is recognised.
 *
 * @param metadata the metadata of each event
 * @param idempotencyKey the key from which the ids of the events are derived; null lets the store generate the ids
 */
public record CommandContext(Metadata metadata, @Nullable IdempotencyKey idempotencyKey) {

    private static final CommandContext NONE = new CommandContext(Metadata.none(), null);

    public CommandContext {
        Required.present("metadata", metadata);
    }

    /** No metadata and no key. */
    public static CommandContext none() {
        return NONE;
    }

    /** A context with metadata. */
    public static CommandContext of(Metadata metadata) {
        return new CommandContext(metadata, null);
    }

    /** A context with a key. */
    public static CommandContext once(IdempotencyKey key) {
        return NONE.withIdempotencyKey(key);
    }

    /** A copy with one more entry in its metadata, which replaces an earlier one of the same key. */
    public CommandContext withMetadata(String key, String value) {
        return new CommandContext(metadata.with(key, value), idempotencyKey);
    }

    /** A copy with this key: the repository recognises a repeat of the command by it. */
    public CommandContext withIdempotencyKey(IdempotencyKey key) {
        return new CommandContext(metadata, Required.present("key", key));
    }

    /** The events of the command, as they are appended to a stream. */
    List<NewEvent> events(StreamId stream, List<?> happened) {
        List<NewEvent> events = new ArrayList<>(happened.size());
        for (Object event : happened) {
            NewEvent written = NewEvent.of(event).withMetadata(metadata);
            events.add(
                    idempotencyKey == null ? written : written.withId(idempotencyKey.eventId(stream, events.size())));
        }
        return events;
    }
}
