package org.meowmx.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.meowmx.EventTypes;
import org.meowmx.evolution.Evolution;

/**
 * A description of the stored form of event classes, as text that is committed next to them. A unit test compares the
 * two and fails if a class has changed in a way that stored events could no longer be read, or would lose data.
 *
 * <p>A new schema version requires an upcaster. A new optional field or a new type only requires the text to be written
 * again, with the system property {@value #WRITE}.
 *
 * @param types the described types, by name
 */
public record EventDescription(Map<String, Described> types) {

    /**
     * The system property that lets {@link #isCompatibleWith} write the text, if nothing is incompatible. Set it to
     * {@code true}.
     */
    public static final String WRITE = "meowmx.describe";

    private static final String HEAD =
            "# What the event classes store. A test compares them; -D" + WRITE + "=true writes this file again.\n";

    public EventDescription {
        types = new TreeMap<>(types);
    }

    /**
     * The description of one type.
     *
     * @param version the current schema version, 1 or greater
     * @param aliases earlier names
     * @param fields the types of the fields by path, such as {@code address.street}, {@code items[].price} or
     *     {@code comment?}
     */
    public record Described(int version, Set<String> aliases, Map<String, String> fields) {

        public Described {
            aliases = new TreeSet<>(aliases);
            fields = new TreeMap<>(fields);
        }
    }

    /** The description of event classes, or of sealed families of them. */
    public static EventDescription of(Class<?>... families) {
        Map<String, Described> described = new TreeMap<>();
        for (Class<?> family : families) {
            Map<String, Class<?>> classes = EventTypes.of(family).classes();
            for (Class<?> type : Set.copyOf(classes.values())) {
                Set<String> aliases = new TreeSet<>(classes.keySet());
                aliases.removeIf(name -> classes.get(name) != type || name.equals(EventTypes.nameOf(type)));
                described.put(
                        EventTypes.nameOf(type),
                        new Described(EventTypes.versionOf(type), aliases, EventFields.of(type)));
            }
        }
        return new EventDescription(described);
    }

    /**
     * Asserts that all events of the earlier description can still be read, and that the text is up to date.
     *
     * @param committed the file with the text; if it does not exist, nothing was described before
     * @param evolutions the application's upcasters
     * @throws AssertionError with every incompatibility, or if the text is out of date
     */
    public void isCompatibleWith(Path committed, Evolution... evolutions) {
        EventDescription before = Files.exists(committed) ? parsed(read(committed)) : new EventDescription(Map.of());
        List<String> problems = new Incompatibilities(this, List.of(evolutions)).since(before);
        if (!problems.isEmpty()) {
            throw new AssertionError(
                    "Stored events could no longer be read, or would lose data:\n  " + String.join("\n  ", problems));
        }
        if (!equals(before)) {
            if (!Boolean.getBoolean(WRITE)) {
                throw new AssertionError(
                        "%s is out of date, but nothing is incompatible. Write it again with -D%s=true. New content:%n%s"
                                .formatted(committed, WRITE, text()));
            }
            write(committed, text());
        }
    }

    /** The description as text. */
    public String text() {
        StringBuilder text = new StringBuilder(HEAD);
        types.forEach((name, type) -> {
            text.append(name).append(" v").append(type.version()).append('\n');
            type.aliases().forEach(alias -> text.append("  = ").append(alias).append('\n'));
            type.fields().forEach((path, field) -> text.append("  ")
                    .append(path)
                    .append(": ")
                    .append(field)
                    .append('\n'));
        });
        return text.toString();
    }

    private static EventDescription parsed(String text) {
        Map<String, Described> types = new TreeMap<>();
        Set<String> aliases = new LinkedHashSet<>();
        Map<String, String> fields = new TreeMap<>();
        List<String> lines = new ArrayList<>(
                text.lines().filter(line -> !line.startsWith("#")).toList());
        // from the end, because a type's aliases and fields follow its own line
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            if (line.startsWith("  = ")) {
                aliases.add(line.substring(4));
            } else if (line.startsWith("  ")) {
                int colon = line.indexOf(": ");
                fields.put(line.substring(2, colon), line.substring(colon + 2));
            } else if (!line.isBlank()) {
                int version = line.lastIndexOf(" v");
                types.put(
                        line.substring(0, version),
                        new Described(Integer.parseInt(line.substring(version + 2)), aliases, fields));
                aliases.clear();
                fields.clear();
            }
        }
        return new EventDescription(types);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
