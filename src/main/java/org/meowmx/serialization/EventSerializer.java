package org.meowmx.serialization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meowmx.DataBinder;
import org.meowmx.EventData;
import org.meowmx.EventTypes;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.evolution.Evolution;
import org.meowmx.evolution.Upcaster;

/** Turns events into checked JSON text before they are stored, and gives access to the way back. */
public final class EventSerializer {

    private final JsonCodec codec;
    private final JsonRules rules;
    private final DataBinder binder;

    /**
     * A serializer with the upcasters of an application.
     *
     * @param maxSize the maximum length of one JSON text, in UTF-16 characters
     * @throws org.meowmx.StartupException when upcasters contradict each other
     */
    public EventSerializer(JsonCodec codec, Iterable<Evolution> evolutions, int maxSize) {
        this.codec = codec;
        this.rules = new JsonRules(maxSize);
        this.binder = binder(codec, evolutions);
    }

    /**
     * Reads stored events as objects.
     *
     * @throws org.meowmx.StartupException when upcasters contradict each other
     */
    public static DataBinder binder(JsonCodec codec, Iterable<Evolution> evolutions) {
        List<Upcaster> upcasters = new ArrayList<>();
        evolutions.forEach(evolution -> upcasters.addAll(evolution.upcasters()));
        return new EventBinder(codec, new UpcasterChain(upcasters));
    }

    /** Reads stored events as objects, with this serializer's codec and upcasters. */
    public DataBinder binder() {
        return binder;
    }

    /**
     * The metadata of an event to be stored. For an object, its class states the schema version; for JSON text, the writer does.
     *
     * @param known the entries that the store adds for keys that the writer left out
     */
    public static Metadata metadata(NewEvent event, Metadata known) {
        Metadata metadata = event.metadata().withDefaults(known);
        if (!(event.data() instanceof EventData.Typed typed)) {
            return metadata;
        }
        int version = EventTypes.versionOf(typed.event().getClass());
        return version == metadata.schemaVersion()
                ? metadata
                : metadata.with(Metadata.SCHEMA_VERSION, Integer.toString(version));
    }

    /**
     * The type, data and metadata of an event as text.
     *
     * @param event the event to be stored
     * @param metadata its metadata, see {@link #metadata(NewEvent, Metadata)}
     * @throws InvalidEventException when a text breaks a rule, or the object cannot be written as JSON
     */
    public SerializedEvent serialize(NewEvent event, Metadata metadata) {
        String data = json(event.data());
        rules.check("data", data);
        return new SerializedEvent(event.type(), data, json(metadata));
    }

    /** Reads the stored JSON of metadata. */
    public Metadata metadata(String json) {
        return json.equals("{}") ? Metadata.none() : new Metadata(codec.readNotes(json));
    }

    private String json(EventData data) {
        if (data instanceof EventData.Json text) {
            return text.json();
        }
        Object event = ((EventData.Typed) data).event();
        try {
            return codec.write(event);
        } catch (RuntimeException e) {
            throw new InvalidEventException("data", "cannot be written as JSON (" + e.getMessage() + ")", e);
        }
    }

    private String json(Metadata metadata) {
        Map<String, String> entries = metadata.entries();
        if (entries.isEmpty()) {
            return "{}";
        }
        String correlation = entries.getOrDefault(Metadata.CORRELATION_ID, "");
        if (correlation.length() > Metadata.MAX_CORRELATION_ID) {
            throw new InvalidEventException(
                    "metadata/" + Metadata.CORRELATION_ID,
                    "has %d characters, %d are allowed".formatted(correlation.length(), Metadata.MAX_CORRELATION_ID));
        }
        String json = codec.writeNotes(entries);
        if (json.length() > Metadata.MAX_SIZE) {
            int counted = codec.writeNotes(metadata.withoutLog().entries()).length();
            if (counted > Metadata.MAX_SIZE) {
                throw new InvalidEventException(
                        "metadata", "has %d characters as JSON, %d are allowed".formatted(counted, Metadata.MAX_SIZE));
            }
        }
        rules.check("metadata", json);
        return json;
    }
}
