package org.meowmx.serialization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.meowmx.DataBinder;
import org.meowmx.EventBindingException;
import org.meowmx.EventTypes;
import org.meowmx.RecordedEvent;
import org.meowmx.evolution.PastEvent;

/** Reads stored JSON as objects: through upcasters if there is one for the event, directly otherwise. */
final class EventBinder implements DataBinder {

    private final JsonCodec codec;
    private final UpcasterChain upcasters;

    EventBinder(JsonCodec codec, UpcasterChain upcasters) {
        this.codec = codec;
        this.upcasters = upcasters;
    }

    @Override
    public <T> T bind(RecordedEvent event, Class<T> target) {
        return read(event, event.data(), target);
    }

    @Override
    public <T> List<T> bind(RecordedEvent event, EventTypes types, Class<T> family) {
        // an alias has upcasters under its own name, or else those of the current name
        String type = upcasters.knows(event.type()) ? event.type() : types.nameToday(event.type());
        int version = event.metadata().schemaVersion();
        if (upcasters.step(type, version).isEmpty()) {
            return members(event, List.of(new PastEvent(type, version, Map.of())), part -> event.data(), types, family);
        }
        List<PastEvent> today = upcast(event, type, version, family);
        return today.isEmpty() ? List.of() : members(event, today, part -> json(event, part, family), types, family);
    }

    private <T> List<T> members(
            RecordedEvent event,
            List<PastEvent> today,
            Function<PastEvent, String> json,
            EventTypes types,
            Class<T> family) {
        List<T> members = new ArrayList<>();
        for (PastEvent part : today) {
            Class<?> member = types.classOf(part.type());
            if (member != null) {
                members.add(family.cast(read(event, json.apply(part), member)));
            }
        }
        if (members.isEmpty() && !storedTypes(types).contains(event.type())) {
            throw new EventBindingException(event, family, "its type is none of " + types.names(), null);
        }
        return members;
    }

    private List<PastEvent> upcast(RecordedEvent event, String type, int version, Class<?> family) {
        try {
            return upcasters.today(new PastEvent(type, version, Fields.read(event.data())));
        } catch (RuntimeException e) {
            String why = "upcasting it from version %d failed".formatted(version);
            throw new EventBindingException(event, family, why, withoutMessage(e));
        }
    }

    private static String json(RecordedEvent event, PastEvent part, Class<?> family) {
        try {
            return Fields.write(part.fields());
        } catch (IllegalArgumentException e) {
            throw new EventBindingException(event, family, "upcasting left " + e.getMessage(), e);
        }
    }

    private <T> T read(RecordedEvent event, String json, Class<T> target) {
        T read;
        try {
            read = codec.read(json, target);
        } catch (RuntimeException e) {
            throw new EventBindingException(event, target, "its data does not fit (" + e.getMessage() + ")", e);
        }
        if (read == null) {
            throw new EventBindingException(event, target, "its data is null", null);
        }
        return read;
    }

    /** The message is left out, because an upcaster's exception may quote the data. */
    private static Throwable withoutMessage(RuntimeException thrown) {
        IllegalArgumentException bare =
                new IllegalArgumentException(thrown.getClass().getName());
        bare.setStackTrace(thrown.getStackTrace());
        return bare;
    }

    @Override
    public Set<String> storedTypes(EventTypes types) {
        return upcasters.sourcesOf(types.names());
    }
}
