package org.meowmx.serialization;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meowmx.DataBinder;
import org.meowmx.EventData;
import org.meowmx.EventTypes;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.evolution.Evolution;
import org.meowmx.evolution.Upcaster;

/** Events to checked JSON text before they are stored, and to objects afterwards. */
@ApplicationScoped
public class EventSerializer implements DataBinder {

    private final JsonCodec codec;
    private final JsonRules rules;
    private final DataBinder binder;

    /**
     * @throws org.meowmx.StartupException when upcasters contradict each other
     */
    @Inject
    EventSerializer(JsonCodec codec, @Any Instance<Evolution> evolutions, Settings settings) {
        this(codec, evolutions, settings.get(Keys.MAX_EVENT_SIZE));
    }

    private EventSerializer(JsonCodec codec, Iterable<Evolution> evolutions, int maxSize) {
        this.codec = codec;
        this.rules = new JsonRules(maxSize);
        this.binder = binder(codec, evolutions);
    }

    /**
     * One for programs without a container.
     *
     * @param maxSize the longest text, in UTF-16 characters
     * @throws org.meowmx.StartupException when upcasters contradict each other
     */
    public static EventSerializer of(JsonCodec codec, Iterable<Evolution> evolutions, int maxSize) {
        return new EventSerializer(codec, evolutions, maxSize);
    }

    /** For the container's proxy. */
    @SuppressWarnings("NullAway")
    protected EventSerializer() {
        this.codec = null;
        this.rules = null;
        this.binder = null;
    }

    /** What reads events as objects, for programs without a container. */
    public static DataBinder binder(JsonCodec codec, Iterable<Evolution> evolutions) {
        List<Upcaster> upcasters = new ArrayList<>();
        evolutions.forEach(evolution -> upcasters.addAll(evolution.upcasters()));
        return new EventBinder(codec, new UpcasterChain(upcasters));
    }

    /** Made before the first event is read, so that mistakes in upcasters fail the deployment. */
    void start(@Observes Startup event) {}

    /**
     * The metadata of an event to be stored. The class of an object knows the schema version; beside JSON the writer notes it.
     *
     * @param known what the store knows, for keys that the writer left out
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
     * The texts of an event.
     *
     * @param event the event to be stored
     * @param metadata its metadata, see {@link #metadata(NewEvent, Metadata)}
     * @throws InvalidEventException when a text breaks a rule, or the object cannot be written
     */
    public SerializedEvent serialize(NewEvent event, Metadata metadata) {
        String data = json(event.data());
        rules.check("data", data);
        return new SerializedEvent(event.type(), data, json(metadata));
    }

    /** The metadata of stored JSON. */
    public Metadata metadata(String json) {
        return json.equals("{}") ? Metadata.none() : new Metadata(codec.readNotes(json));
    }

    @Override
    public <T> T bind(RecordedEvent event, Class<T> target) {
        return binder.bind(event, target);
    }

    @Override
    public <T> List<T> bind(RecordedEvent event, EventTypes types, Class<T> family) {
        return binder.bind(event, types, family);
    }

    @Override
    public Set<String> storedTypes(EventTypes types) {
        return binder.storedTypes(types);
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
        Map<String, String> notes = metadata.entries();
        if (notes.isEmpty()) {
            return "{}";
        }
        String correlation = notes.getOrDefault(Metadata.CORRELATION_ID, "");
        if (correlation.length() > Metadata.MAX_CORRELATION_ID) {
            throw new InvalidEventException(
                    "metadata/" + Metadata.CORRELATION_ID,
                    "has %d characters, %d are allowed".formatted(correlation.length(), Metadata.MAX_CORRELATION_ID));
        }
        String json = codec.writeNotes(notes);
        if (json.length() > Metadata.MAX_SIZE) {
            throw new InvalidEventException(
                    "metadata",
                    "has %d characters as JSON, %d are allowed".formatted(json.length(), Metadata.MAX_SIZE));
        }
        rules.check("metadata", json);
        return json;
    }
}
