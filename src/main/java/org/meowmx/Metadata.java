package org.meowmx;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What is noted beside an event and is no part of what happened: who, why, in which request. Text by text.
 *
 * <p>Four keys have a meaning to the store, which fills them in where it knows the answer and the writer gave none:
 * {@link #CORRELATION_ID}, {@link #CAUSATION_ID}, and {@code traceparent} with {@code tracestate} of W3C Trace Context. A
 * fifth, {@link #SCHEMA_VERSION}, is the class's to say where the event is written as an object.
 *
 * @param entries the notes, in key order
 */
public record Metadata(Map<String, String> entries) {

    /** How many characters the JSON of all notes of an event may have: a page of the log has those of all of its events. */
    public static final int MAX_SIZE = 16_384;

    /** How many characters a correlation id may have, by which events are found. */
    public static final int MAX_CORRELATION_ID = 255;

    /** The one request, or other outside cause, that everything in its wake carries on. */
    public static final String CORRELATION_ID = "correlationId";

    /** The id of the event that was being handled when this one was appended. */
    public static final String CAUSATION_ID = "causationId";

    /** The schema version of the event's data, where it is not 1; see {@link EventType#version}. */
    public static final String SCHEMA_VERSION = "schemaVersion";

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    private static final Metadata NONE = new Metadata(Map.of());

    public Metadata {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    public static Metadata none() {
        return NONE;
    }

    public static Metadata of(String key, String value) {
        return new Metadata(Map.of(key, value));
    }

    /** These notes and one more, which replaces an earlier one of the same key. */
    public Metadata with(String key, String value) {
        Map<String, String> more = new TreeMap<>(entries);
        more.put(key, value);
        return new Metadata(more);
    }

    /** A copy with the entries of {@code defaults} added for keys that this one lacks. */
    public Metadata withDefaults(Metadata defaults) {
        if (defaults.isEmpty()) {
            return this;
        }
        Map<String, String> merged = new TreeMap<>(defaults.entries);
        merged.putAll(entries);
        return new Metadata(merged);
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public Optional<String> correlationId() {
        return get(CORRELATION_ID);
    }

    /** The id of the event that caused this one: nothing where what is noted is no UUID, as it may be of an imported event. */
    public Optional<UUID> causationId() {
        return get(CAUSATION_ID).flatMap(UuidText::parse);
    }

    /** The schema version of the data: 1 where nothing valid is noted. */
    public int schemaVersion() {
        return get(SCHEMA_VERSION)
                .filter(noted -> VERSION.matcher(noted).matches())
                .map(Integer::valueOf)
                .orElse(1);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }
}
