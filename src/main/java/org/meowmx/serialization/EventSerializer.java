package org.meowmx.serialization;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.meowmx.DataBinder;
import org.meowmx.EventBindingException;
import org.meowmx.EventData;
import org.meowmx.EventTypes;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;

/** Events to checked JSON text before they are stored, and to objects afterwards. */
@ApplicationScoped
public class EventSerializer implements DataBinder {

    private final JsonCodec codec;
    private final JsonRules rules;

    @Inject
    EventSerializer(
            JsonCodec codec, @ConfigProperty(name = "meowmx.event.max-size", defaultValue = "16777216") int maxSize) {
        this.codec = codec;
        this.rules = new JsonRules(maxSize);
    }

    /** For the container's proxy. */
    @SuppressWarnings("NullAway")
    protected EventSerializer() {
        this.codec = null;
        this.rules = null;
    }

    /**
     * The texts of an event.
     *
     * @param event the event to be stored
     * @param metadata its metadata, with what the store added
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
        EventTypes family = EventTypes.of(target);
        Class<?> member = family.isEmpty() ? target : family.classOf(event.type());
        if (member == null) {
            throw new EventBindingException(event, target, "its type is none of " + family.names(), null);
        }
        try {
            return target.cast(codec.read(event.data(), member));
        } catch (RuntimeException e) {
            throw new EventBindingException(event, target, "its data does not fit (" + e.getMessage() + ")", e);
        }
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
        String json = codec.writeNotes(notes);
        rules.check("metadata", json);
        return json;
    }
}
