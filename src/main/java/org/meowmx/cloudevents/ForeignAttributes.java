package org.meowmx.cloudevents;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventIds;
import org.meowmx.Metadata;
import org.meowmx.RecordedEvent;
import org.meowmx.UuidText;

/**
 * The attributes of a CloudEvent that an event of the log has no place for. Its metadata keep them, each under the attribute's
 * name with the prefix {@code ce-}. The attributes of distributed tracing have no prefix, because the store itself uses their
 * names.
 *
 * <p>An entry with the prefix that cannot be an attribute, because a writer invented it, is ordinary metadata.
 */
final class ForeignAttributes {

    static final String PREFIX = "ce-";

    /** How the data came, if not as the value of {@code data}: one of the two values below. No attribute can have this name. */
    static final String DATA_FORM = "ce-data-form";

    static final String ABSENT = "absent";
    static final String BASE64 = "base64";

    /** The names of the attributes whose value is a Boolean or an Integer, separated by commas. */
    static final String NOT_TEXT = "ce-not-text";

    /** Attributes that are written from, or read into, other fields of an event; or that only an export has. */
    static final Set<String> OF_EVENTS = Set.of(
            "specversion",
            "type",
            "subject",
            "category",
            "time",
            "version",
            "position",
            "metadata",
            "data",
            "data_base64");

    /** Attributes of CloudEvents itself that the metadata keep. */
    static final Set<String> CORE = Set.of("id", "source", "datacontenttype", "dataschema");

    static final Set<String> OF_TRACING = Set.of("traceparent", "tracestate");

    /** Keys of the store, in lower case as an attribute would have them. */
    static final Map<String, String> OF_THE_STORE = Stream.of(
                    Metadata.CORRELATION_ID, Metadata.CAUSATION_ID, Metadata.SCHEMA_VERSION)
            .collect(Collectors.toMap(key -> key.toLowerCase(Locale.ROOT), key -> key));

    /** The namespace of URLs, RFC 9562, appendix C. */
    private static final UUID SOURCES = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    private final SortedMap<String, String> attributes = new TreeMap<>();
    private final SortedMap<String, String> metadata;
    private final String source;
    private final String form;
    private final Set<String> notText;

    private ForeignAttributes(RecordedEvent event, String ownSource) {
        metadata = new TreeMap<>(event.metadata().entries());
        String foreign = metadata.get(PREFIX + "source");
        source = foreign != null && AttributeRules.isUriReference(foreign) ? foreign : ownSource;
        notText = notText(event.metadata());
        form = form(event);
        event.metadata().entries().forEach((key, value) -> move(key, value, event));
    }

    /** @param ownSource the source of events that were not imported */
    static ForeignAttributes of(RecordedEvent event, String ownSource) {
        return new ForeignAttributes(event, ownSource);
    }

    /** The id of the event for an id of CloudEvents: the same UUID, otherwise one that the source and the id determine. */
    static UUID id(String source, String id) {
        return UuidText.parse(id).orElseGet(() -> EventIds.named(EventIds.named(SOURCES, source), id));
    }

    /** The key of the metadata that keeps an attribute. */
    static String key(String attribute) {
        return OF_TRACING.contains(attribute) ? attribute : PREFIX + attribute;
    }

    private void move(String key, String value, RecordedEvent event) {
        String name = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
        if (key(name).equals(key) && isAttribute(name, value, event)) {
            attributes.put(name, value);
            metadata.remove(key);
        }
        if ((key.equals(DATA_FORM) && !form.isEmpty()) || (key.equals(NOT_TEXT) && !notText.isEmpty())) {
            metadata.remove(key);
        }
    }

    private boolean isAttribute(String name, String value, RecordedEvent event) {
        if (!AttributeRules.isText(value)) {
            return false;
        }
        return switch (name) {
            case "id" -> !value.isEmpty() && id(source, value).equals(event.id());
            case "source" -> AttributeRules.isUriReference(value);
            case "datacontenttype" -> AttributeRules.isMediaType(value);
            case "dataschema" -> AttributeRules.isAbsoluteUri(value);
            default -> AttributeRules.isName(name) && !OF_EVENTS.contains(name) && !OF_THE_STORE.containsKey(name);
        };
    }

    private static Set<String> notText(Metadata metadata) {
        Set<String> names = Set.copyOf(List.of(metadata.get(NOT_TEXT).orElse("").split(",")));
        boolean valid = names.stream().allMatch(name -> metadata.get(PREFIX + name)
                .filter(AttributeRules::isBooleanOrInteger)
                .isPresent());
        return valid ? names : Set.of();
    }

    private static String form(RecordedEvent event) {
        String form = event.metadata().get(DATA_FORM).orElse("");
        return switch (form) {
            case ABSENT -> event.data().equals("null") ? form : "";
            case BASE64 -> isBase64(event.data()) ? form : "";
            default -> "";
        };
    }

    private static boolean isBase64(String json) {
        return json.length() >= 2 && json.charAt(0) == '"' && isBase64Text(json.substring(1, json.length() - 1));
    }

    static boolean isBase64Text(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An attribute; null if the event has none of this name. */
    @Nullable
    String get(String name) {
        return attributes.get(name);
    }

    String source() {
        return source;
    }

    /** How the data came: {@link #ABSENT}, {@link #BASE64}, or empty. */
    String dataForm() {
        return form;
    }

    boolean isText(String name) {
        return !notText.contains(name);
    }

    /** The extension attributes, by name. */
    SortedMap<String, String> extensions() {
        SortedMap<String, String> extensions = new TreeMap<>(attributes);
        extensions.keySet().removeAll(CORE);
        return extensions;
    }

    /** The metadata that are no attributes. */
    Metadata metadata() {
        return new Metadata(metadata);
    }
}
