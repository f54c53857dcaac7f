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
 * The attributes of a CloudEvent for which an event of the log has no field. Its metadata keep them, each under the attribute's
 * name with the prefix {@code ce-}. The attributes of distributed tracing have no prefix, because the store itself uses their
 * names.
 *
 * <p>An application can write entries with the prefix itself. An entry that breaks a rule of CloudEvents is ordinary metadata.
 */
final class ForeignAttributes {

    static final String PREFIX = "ce-";

    /**
     * The form in which the data was sent, if not as the value of {@code data}: one of the two values below. No
     * attribute can have this name.
     */
    static final String DATA_FORM = "ce-data-form";

    static final String ABSENT = "absent";
    static final String BASE64 = "base64";

    /** The names of the attributes whose value is a Boolean or an Integer, separated by commas. */
    static final String NOT_TEXT = "ce-not-text";

    /** Attributes that correspond to other fields of an event, and attributes that only an export has. */
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

    /** Keys of the store, in lower case like the names of attributes. */
    static final Map<String, String> OF_THE_STORE = Stream.of(
                    Metadata.CORRELATION_ID, Metadata.CAUSATION_ID, Metadata.SCHEMA_VERSION, Metadata.PRINCIPAL)
            .collect(Collectors.toMap(key -> key.toLowerCase(Locale.ROOT), key -> key));

    /** The largest number of extension attributes of an event. */
    static final int MAX_EXTENSIONS = 100;

    static final String TOO_MANY = "has more than %d extension attributes".formatted(MAX_EXTENSIONS);

    /** The namespace of URLs, RFC 9562, appendix C. */
    private static final UUID SOURCES = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    private final SortedMap<String, String> attributes = new TreeMap<>();
    private final SortedMap<String, String> metadata;
    private final String source;
    private final String form;
    private final Set<String> notText;

    private ForeignAttributes(RecordedEvent event, String ownSource) {
        metadata = new TreeMap<>(event.metadata().entries());
        String kept = metadata.get(Metadata.SOURCE);
        source = kept == null ? ownSource : source(kept);
        form = form(event);
        if (!form.isEmpty()) {
            metadata.remove(DATA_FORM);
        }
        boolean few = metadata.entrySet().stream()
                        .filter(entry -> isExtension(entry.getKey(), entry.getValue()))
                        .count()
                <= MAX_EXTENSIONS;
        event.metadata().entries().forEach((key, value) -> {
            if (few && isExtension(key, value)) {
                move(key, nameOf(key));
            } else if (key.startsWith(PREFIX) && isCore(key.substring(PREFIX.length()), value, event)) {
                move(key, key.substring(PREFIX.length()));
            }
        });
        notText = notText(event.metadata());
        if (!notText.isEmpty()) {
            metadata.remove(NOT_TEXT);
        }
    }

    /** @param ownSource the source of events that were not imported */
    static ForeignAttributes of(RecordedEvent event, String ownSource) {
        return new ForeignAttributes(event, ownSource);
    }

    /** The event id for an id of CloudEvents: the same UUID, or, if it is not one, a UUID derived from the source and the id. */
    static UUID id(String source, String id) {
        return UuidText.parse(id).orElseGet(() -> EventIds.named(EventIds.named(SOURCES, source), id));
    }

    /**
     * The source of an event whose metadata have an entry for it. If the entry is not a URI reference, the source is a UUID of it,
     * and the metadata keep the entry.
     */
    static String source(String entry) {
        return AttributeRules.isSource(entry) ? entry : "urn:uuid:" + EventIds.named(SOURCES, entry);
    }

    /** The key of the metadata that keeps an attribute. */
    static String key(String attribute) {
        return OF_TRACING.contains(attribute) ? attribute : PREFIX + attribute;
    }

    private static String nameOf(String key) {
        return key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
    }

    private void move(String key, String name) {
        attributes.put(name, String.valueOf(metadata.remove(key)));
    }

    private static boolean isExtension(String key, String value) {
        String name = nameOf(key);
        return key(name).equals(key)
                && AttributeRules.isName(name)
                && AttributeRules.isText(value)
                && !CORE.contains(name)
                && !OF_EVENTS.contains(name)
                && !OF_THE_STORE.containsKey(name);
    }

    private boolean isCore(String name, String value, RecordedEvent event) {
        if (!AttributeRules.isText(value)) {
            return false;
        }
        return switch (name) {
            case "id" -> !value.isEmpty() && id(source, value).equals(event.id());
            case "source" -> AttributeRules.isSource(value);
            case "datacontenttype" -> AttributeRules.isMediaType(value);
            case "dataschema" -> AttributeRules.isAbsoluteUri(value);
            default -> false;
        };
    }

    /** The listed attributes; empty if one of the names is not that of an attribute with a Boolean or an Integer. */
    private Set<String> notText(Metadata all) {
        Set<String> names = Set.copyOf(List.of(all.get(NOT_TEXT).orElse("").split(",")));
        boolean valid = names.stream()
                .allMatch(name -> !CORE.contains(name)
                        && !OF_TRACING.contains(name)
                        && attributes.containsKey(name)
                        && AttributeRules.isBooleanOrInteger(attributes.get(name)));
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

    /** The form in which the data was sent: {@link #ABSENT}, {@link #BASE64}, or empty. */
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

    /** The metadata that are not attributes. */
    Metadata metadata() {
        return new Metadata(metadata);
    }
}
