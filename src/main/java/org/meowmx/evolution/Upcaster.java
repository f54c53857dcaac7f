package org.meowmx.evolution;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.meowmx.EventType;
import org.meowmx.InvalidEventException;
import org.meowmx.Names;
import org.meowmx.Required;

/**
 * A conversion of events of one stored type and schema version into today's form. It works on the JSON, before any
 * class is involved; the stored event never changes.
 *
 * <p>Upcasters form a chain: if another upcaster reads the resulting type and version, it is applied next. An upcaster
 * also reads the earlier versions of its type that have no upcaster of their own.
 *
 * @param type the stored type that it reads
 * @param version the schema version that it reads, 1 or greater
 * @param parts the events into which it converts an event, in order; an empty list drops the event
 */
public record Upcaster(String type, int version, List<Part> parts) {

    /**
     * One of the events into which an upcaster converts an event.
     *
     * @param type the resulting type
     * @param version the resulting schema version, 1 or greater
     * @param fields the function from the old data to the new data
     * @param condition whether the part results from an event at all; it receives the old data
     */
    public record Part(String type, int version, UnaryOperator<PastEvent> fields, Predicate<PastEvent> condition) {

        public Part {
            Required.present("type", type);
            Required.present("fields", fields);
            Required.present("condition", condition);
        }

        /** The same part, only for events whose old data meets a condition. It replaces an earlier condition. */
        public Part when(Predicate<PastEvent> fulfilled) {
            return new Part(type, version, fields, fulfilled);
        }
    }

    /**
     * Creates an upcaster.
     *
     * @throws InvalidEventException if a type is not a valid name, a version is below 1, or a part of the same type
     *     does not have a later version
     */
    public Upcaster {
        Names.check("type", type);
        parts = List.copyOf(Required.elements("parts", parts));
        requireVersion(version);
        for (Part part : parts) {
            Names.check("type", part.type);
            requireVersion(part.version);
            if (part.type.equals(type) && part.version <= version) {
                throw new InvalidEventException(
                        "version",
                        "the upcaster of %s v%d must lead to a later version of the type".formatted(type, version));
            }
        }
    }

    private static void requireVersion(int version) {
        if (version < 1) {
            throw new InvalidEventException("version", "must be 1 or greater, was " + version);
        }
    }

    /**
     * The event keeps its type and gets the next version.
     *
     * @param version the version to read, 1 or greater
     * @param change the function from the old data to the new data
     */
    public static Upcaster change(String type, int version, UnaryOperator<PastEvent> change) {
        return new Upcaster(type, version, List.of(into(type, version + 1, change)));
    }

    /**
     * The event becomes version 1 of another type. If the data stays the same, an alias is enough; see
     * {@link EventType#aliases}.
     *
     * @param version the version to read, 1 or greater
     * @param name the new type
     * @param change the function from the old data to the new data
     */
    public static Upcaster rename(String type, int version, String name, UnaryOperator<PastEvent> change) {
        return new Upcaster(type, version, List.of(into(name, change)));
    }

    /**
     * The event becomes several events: all parts whose condition it meets. If it meets none, readers do not receive the
     * event.
     */
    public static Upcaster split(String type, int version, Part... parts) {
        return new Upcaster(type, version, List.of(Required.elements("parts", parts)));
    }

    /**
     * Readers do not receive the event. This also applies to its earlier versions that have no upcaster of their own.
     */
    public static Upcaster drop(String type, int version) {
        return new Upcaster(type, version, List.of());
    }

    /** A part of a split, as version 1 of a type. */
    public static Part into(String type, UnaryOperator<PastEvent> fields) {
        return into(type, 1, fields);
    }

    /** A part of a split, as a given version of a type. */
    public static Part into(String type, int version, UnaryOperator<PastEvent> fields) {
        return new Part(type, version, fields, past -> true);
    }
}
