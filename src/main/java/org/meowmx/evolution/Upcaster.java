package org.meowmx.evolution;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.meowmx.EventType;
import org.meowmx.InvalidEventException;
import org.meowmx.Names;

/**
 * How events of one stored type and schema version are read today: one step of a chain, on the JSON, before any class sees it.
 * What is stored never changes.
 *
 * <p>It also reads those earlier versions of its type that have no upcaster of their own. What it yields goes on to the
 * upcaster for that, if there is one.
 *
 * @param type the stored type that it reads
 * @param version the schema version that it reads, 1 or greater
 * @param parts what it makes of an event, in order
 */
public record Upcaster(String type, int version, List<Part> parts) {

    /**
     * One event that comes of an earlier one.
     *
     * @param type its type
     * @param version its schema version
     * @param fields its data from that of the earlier one
     * @param condition whether it comes of that one at all
     */
    public record Part(String type, int version, UnaryOperator<PastEvent> fields, Predicate<PastEvent> condition) {

        /** This part, for events that fulfil a condition only. */
        public Part when(Predicate<PastEvent> fulfilled) {
            return new Part(type, version, fields, fulfilled);
        }
    }

    /**
     * @throws InvalidEventException when a type is no valid name, a version is below 1, or a part of the same type has no
     *     later version
     */
    public Upcaster {
        Names.check("type", type);
        parts = List.copyOf(parts);
        requireVersion(version);
        for (Part part : parts) {
            Names.check("type", part.type);
            requireVersion(part.version);
            if (part.type.equals(type) && part.version <= version) {
                throw new InvalidEventException(
                        "version", "upcasting %s v%d must lead to a later version of it".formatted(type, version));
            }
        }
    }

    private static void requireVersion(int version) {
        if (version < 1) {
            throw new InvalidEventException("version", "must be 1 or greater, was " + version);
        }
    }

    /** The event stays one of its type and gets the next version. */
    public static Upcaster change(String type, int version, UnaryOperator<PastEvent> change) {
        return new Upcaster(type, version, List.of(into(type, version + 1, change)));
    }

    /**
     * The event becomes one of another type, in version 1 of that. Where the data stays the same an alias is enough, see
     * {@link EventType#aliases}.
     */
    public static Upcaster rename(String type, int version, String name, UnaryOperator<PastEvent> change) {
        return new Upcaster(type, version, List.of(into(name, change)));
    }

    /** The event becomes several, or those of them whose condition it fulfils. */
    public static Upcaster split(String type, int version, Part... parts) {
        return new Upcaster(type, version, List.of(parts));
    }

    /** The event is left out, also in its earlier versions. */
    public static Upcaster drop(String type, int version) {
        return new Upcaster(type, version, List.of());
    }

    /** A part of a split: version 1 of a type. */
    public static Part into(String type, UnaryOperator<PastEvent> fields) {
        return into(type, 1, fields);
    }

    /** A part of a split. */
    public static Part into(String type, int version, UnaryOperator<PastEvent> fields) {
        return new Part(type, version, fields, past -> true);
    }
}
