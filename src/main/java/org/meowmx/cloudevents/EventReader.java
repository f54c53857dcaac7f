package org.meowmx.cloudevents;

import java.time.DateTimeException;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.Times;

/** Turns the attributes and the data of one CloudEvent into an event that can be appended. */
final class EventReader {

    /** The longest JSON that metadata may have, with white space and escapes. */
    private static final int MAX_METADATA = 8 * Metadata.MAX_SIZE;

    private final JsonFields fields;
    private final StreamDefaults defaults;
    private final String source;
    private final UUID id;
    private final SortedMap<String, String> metadata = new TreeMap<>();
    private final SortedSet<String> notText = new TreeSet<>();
    private int extensions;

    private EventReader(JsonFields fields, StreamDefaults defaults) {
        if (!fields.string("specversion").equals("1.0")) {
            throw new InvalidCloudEventException("specversion", "must be 1.0");
        }
        this.fields = fields;
        this.defaults = defaults;
        this.source = text("source");
        this.id = ForeignAttributes.id(source, text("id"));
    }

    /** @throws InvalidCloudEventException if an attribute is missing, is repeated, or breaks a rule */
    static CloudEvent read(JsonFields fields, StreamDefaults defaults) {
        EventReader reader = new EventReader(fields, defaults);
        try {
            return reader.event();
        } catch (InvalidEventException e) {
            throw new InvalidCloudEventException(attribute(e.field()), e.rule());
        }
    }

    private static String attribute(String field) {
        return switch (field) {
            case "id" -> "subject";
            case "recordedAt" -> "time";
            default -> field;
        };
    }

    private CloudEvent event() {
        readMetadata();
        fields.texts().keySet().forEach(this::readExtension);
        require("", extensions <= ForeignAttributes.MAX_EXTENSIONS, ForeignAttributes.TOO_MANY);
        readCoreAttributes();
        String data = data();
        if (!notText.isEmpty()) {
            keep(ForeignAttributes.NOT_TEXT, String.join(",", notText), ForeignAttributes.NOT_TEXT);
        }
        NewEvent event = NewEvent.of(fields.string("type"), data).withId(id).withMetadata(new Metadata(metadata));
        StreamId stream = StreamId.of(part("category", defaults.category()), part("subject", defaults.subject()));
        return new CloudEvent(stream, fields.has("time") ? timed(event) : event);
    }

    private String part(String name, @Nullable String replacement) {
        if (fields.has(name)) {
            return fields.string(name);
        }
        if (replacement == null) {
            throw new InvalidCloudEventException(
                    name, "is missing. Send it, or the query parameter %s for all events without it".formatted(name));
        }
        return replacement;
    }

    private NewEvent timed(NewEvent event) {
        try {
            return event.withRecordedAt(Times.parse(fields.string("time")));
        } catch (DateTimeException e) {
            throw new InvalidCloudEventException(
                    "time", "must be a time of RFC 3339 with a zone, such as 2026-01-31T12:00:00Z");
        }
    }

    private void readCoreAttributes() {
        require("source", AttributeRules.isSource(source), "must be a URI reference");
        if (!isSourceOfEntry()) {
            keep("source", source);
        }
        String sent = text("id");
        require("id", !sent.isEmpty(), "must not be empty");
        if (!sent.equals(id.toString())) {
            keep("id", sent);
        }
        if (fields.has("dataschema")) {
            String schema = text("dataschema");
            require("dataschema", AttributeRules.isAbsoluteUri(schema), "must be an absolute URI");
            keep("dataschema", schema);
        }
        if (fields.has("datacontenttype")) {
            String type = text("datacontenttype");
            require("datacontenttype", AttributeRules.isMediaType(type), "must be a media type of RFC 2046");
            if (fields.json("data") == null || !type.equals(EventWriter.JSON)) {
                keep("datacontenttype", type);
            }
        }
    }

    /** Whether the metadata contain the entry from which an export has derived this source. */
    private boolean isSourceOfEntry() {
        String entry = metadata.get(Metadata.SOURCE);
        return entry != null && ForeignAttributes.source(entry).equals(source);
    }

    private static void require(String attribute, boolean kept, String rule) {
        if (!kept) {
            throw new InvalidCloudEventException(attribute, rule);
        }
    }

    /** The string of an attribute, which follows the rule for all strings. */
    private String text(String name) {
        String text = fields.string(name);
        require(
                name,
                AttributeRules.isText(text),
                "contains a control character, a noncharacter of Unicode, or a lone surrogate");
        return text;
    }

    private void readMetadata() {
        if (!fields.has("metadata")) {
            return;
        }
        boolean sentAsString = String.valueOf(fields.json("metadata")).startsWith("\"");
        String json = sentAsString ? fields.string("metadata") : String.valueOf(fields.json("metadata"));
        require(
                "metadata",
                json.length() <= MAX_METADATA,
                "has %d characters of JSON, %d are allowed".formatted(json.length(), MAX_METADATA));
        JsonFields entries = JsonFields.read("metadata", json, "must be an object");
        for (Map.Entry<String, String> entry : entries.texts().entrySet()) {
            String where = "metadata/" + entry.getKey();
            char first = entry.getValue().charAt(0);
            require(where, first != '{' && first != '[', "must be a string, a number or a Boolean");
            if (entries.has(entry.getKey())) {
                metadata.put(entry.getKey(), first == '"' ? entries.string(entry.getKey(), where) : entry.getValue());
            }
        }
    }

    private void readExtension(String name) {
        if (ForeignAttributes.OF_EVENTS.contains(name) || ForeignAttributes.CORE.contains(name)) {
            return;
        }
        AttributeRules.requireName(name);
        String own = ForeignAttributes.OF_THE_STORE.get(name);
        require(
                name,
                own == null,
                "could be taken for '%s', a key of the store's metadata. Send '%s' in metadata instead"
                        .formatted(own, own));
        if (!fields.has(name)) {
            return;
        }
        extensions++;
        String json = String.valueOf(fields.json(name));
        if (json.startsWith("\"")) {
            keep(name, text(name));
        } else {
            require(name, !ForeignAttributes.OF_TRACING.contains(name), "must be a string");
            require(
                    name,
                    AttributeRules.isBooleanOrInteger(json),
                    "must be a string, a Boolean, or an integer of 32 bits");
            keep(name, json);
            notText.add(name);
        }
    }

    private void keep(String attribute, String value) {
        keep(ForeignAttributes.key(attribute), value, attribute);
    }

    private void keep(String key, String value, String attribute) {
        require(
                attribute,
                metadata.putIfAbsent(key, value) == null,
                "is kept as '%s' in the metadata, but the attribute metadata has this key, too".formatted(key));
    }

    private String data() {
        boolean isBase64 = fields.has("data_base64");
        if (fields.json("data") != null) {
            require("data_base64", !isBase64, "is not allowed together with data");
            return String.valueOf(fields.json("data"));
        }
        if (!isBase64) {
            keep(ForeignAttributes.DATA_FORM, ForeignAttributes.ABSENT, "data");
            return "null";
        }
        String text = fields.string("data_base64");
        require("data_base64", ForeignAttributes.isBase64Text(text), "must be Base64 of RFC 4648");
        keep(ForeignAttributes.DATA_FORM, ForeignAttributes.BASE64, "data_base64");
        return '"' + text + '"';
    }
}
