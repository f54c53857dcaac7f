package org.meowmx;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The metadata of an event: information about the event that is not part of what happened, such as the user or the
 * request. A map of texts.
 *
 * <p>The store itself uses five keys. If the writer gave no value, it fills three of them in as follows:
 * <ul>
 *   <li>{@link #CORRELATION_ID} and {@link #CAUSATION_ID}: from the event that the appending thread is handling, if
 *       any;
 *   <li>{@code traceparent} (W3C Trace Context): from the current OpenTelemetry span, if OpenTelemetry's API is present
 *       and a span is active. An event whose time of recording the writer gave, as an import does, gets none.
 * </ul>
 *
 * <p>The fourth key is {@link #SCHEMA_VERSION}. For an object it always comes from the {@link EventType} of its class,
 * whatever the writer gave. For JSON text it is what the writer gave. The fifth key is {@link #SOURCE}, which the import of
 * CloudEvents fills in.
 *
 * <p>An application adds entries to every append with a {@code MetadataContributor}.
 *
 * @param entries the texts by key, sorted by key
 */
public record Metadata(Map<String, String> entries) {

    /**
     * The largest size of an event's metadata: the number of characters of its JSON. The limit keeps pages of the log
     * small. An entry {@link #SOURCE} that names a log does not count, because an import adds it.
     */
    public static final int MAX_SIZE = 16_384;

    /** The largest length of a correlation id, in characters. The limit is lower because an index contains the id. */
    public static final int MAX_CORRELATION_ID = 255;

    /**
     * The key of the correlation id: the id that all events of one chain of causes share, for example the id of a
     * request.
     */
    public static final String CORRELATION_ID = "correlationId";

    /** The key of the causation id: the id of the event that was being handled when this one was appended. */
    public static final String CAUSATION_ID = "causationId";

    /** The key of the schema version of the event's data; absent if it is 1. See {@link EventType#version}. */
    public static final String SCHEMA_VERSION = "schemaVersion";

    /**
     * The key of the name of the caller that appended the event. The configuration key {@code meowmx.metadata.principal} decides
     * whether the store fills it in. Events are kept, so consider whether the name is personal data.
     */
    public static final String PRINCIPAL = "principal";

    /**
     * The key of the source of an event that was imported as a CloudEvent. For an event of another log, the value is {@code urn:uuid:}
     * and the id of that log.
     */
    public static final String SOURCE = "ce-source";

    private static final String LOG = "urn:uuid:";

    private static final String TRACE_PARENT = "traceparent";

    /** The key of the vendor-specific data that accompany {@link #TRACE_PARENT}. */
    private static final String TRACE_STATE = "tracestate";

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    private static final Metadata NONE = new Metadata(Map.of());

    public Metadata {
        entries = Collections.unmodifiableMap(new TreeMap<>(Required.entries("entries", entries)));
    }

    /** Empty metadata. */
    public static Metadata none() {
        return NONE;
    }

    /** Metadata with one entry. */
    public static Metadata of(String key, String value) {
        return NONE.with(key, value);
    }

    /** A copy with one more entry, which replaces an earlier one of the same key. */
    public Metadata with(String key, String value) {
        Map<String, String> more = new TreeMap<>(entries);
        more.put(Required.present("key", key), Required.present("value", value));
        return new Metadata(more);
    }

    /**
     * A copy with the entries of {@code defaults} added for keys that this one lacks. The entries {@code traceparent} and
     * {@code tracestate} belong together: if this one has the first, the second is not added either.
     */
    public Metadata withDefaults(Metadata defaults) {
        if (Required.present("defaults", defaults).isEmpty()) {
            return this;
        }
        Map<String, String> merged = new TreeMap<>(defaults.entries);
        if (entries.containsKey(TRACE_PARENT)) {
            merged.remove(TRACE_STATE);
        }
        merged.putAll(entries);
        return new Metadata(merged);
    }

    /** The value of a key; empty if the key is absent. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(entries.get(Required.present("key", key)));
    }

    /** The correlation id; empty if there is none. */
    public Optional<String> correlationId() {
        return get(CORRELATION_ID);
    }

    /**
     * The id of the event that caused this one; empty if there is none, or if the value is not a UUID, as can be the
     * case for imported events.
     */
    public Optional<UUID> causationId() {
        return get(CAUSATION_ID).flatMap(UuidText::parse);
    }

    /** The schema version of the data, 1 or greater; 1 if the entry is absent or invalid. */
    public int schemaVersion() {
        return get(SCHEMA_VERSION)
                .filter(noted -> VERSION.matcher(noted).matches())
                .map(Integer::valueOf)
                .orElse(1);
    }

    /**
     * The source of an event that was imported from another system; empty for an event that was appended to this log, or to the log
     * from which it was imported. Ids of events are unique in all logs, but two other systems may use the same id.
     */
    public Optional<String> foreignSource() {
        return get(SOURCE).filter(source -> !isLog(source));
    }

    /** A copy without the entry that an import adds to the events of another log. */
    public Metadata withoutLog() {
        if (get(SOURCE).filter(Metadata::isLog).isEmpty()) {
            return this;
        }
        Map<String, String> others = new TreeMap<>(entries);
        others.remove(SOURCE);
        return new Metadata(others);
    }

    private static boolean isLog(String source) {
        return source.startsWith(LOG)
                && UuidText.parse(source.substring(LOG.length())).isPresent();
    }

    /** Whether there are no entries. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }
}
