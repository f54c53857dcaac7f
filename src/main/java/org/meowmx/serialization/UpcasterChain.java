package org.meowmx.serialization;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.meowmx.StartupException;
import org.meowmx.evolution.PastEvent;
import org.meowmx.evolution.Upcaster;
import org.meowmx.evolution.Upcaster.Part;

/** All upcasters of an application, linked by type and version. The constructor refuses links that form a circle. */
final class UpcasterChain {

    private final Map<String, NavigableMap<Integer, Upcaster>> byType = new HashMap<>();

    /**
     * @throws StartupException when two upcasters read the same version of a type, or some form a circle
     */
    UpcasterChain(Collection<Upcaster> upcasters) {
        Set<String> problems = new LinkedHashSet<>();
        for (Upcaster upcaster : upcasters) {
            Upcaster other = byType.computeIfAbsent(upcaster.type(), type -> new TreeMap<>())
                    .put(upcaster.version(), upcaster);
            if (other != null) {
                problems.add("Two upcasters read %s: remove one of them.".formatted(name(upcaster)));
            }
        }
        for (Upcaster upcaster : upcasters) {
            if (leadsTo(upcaster, upcaster)) {
                problems.add("The upcaster of %s leads back to itself: change the type or version that it produces."
                        .formatted(name(upcaster)));
            }
        }
        if (!problems.isEmpty()) {
            throw new StartupException(List.copyOf(problems));
        }
    }

    private static String name(Upcaster upcaster) {
        return "'%s' v%d".formatted(upcaster.type(), upcaster.version());
    }

    private boolean leadsTo(Upcaster from, Upcaster to) {
        Set<Upcaster> seen = new HashSet<>();
        Deque<Upcaster> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            for (Part part : open.pop().parts()) {
                Upcaster next = step(part.type(), part.version()).orElse(null);
                if (to.equals(next)) {
                    return true;
                }
                if (next != null && seen.add(next)) {
                    open.push(next);
                }
            }
        }
        return false;
    }

    /** Whether any upcaster reads this type. */
    boolean knows(String type) {
        return byType.containsKey(type);
    }

    /** The upcaster that reads events of this type and version. */
    Optional<Upcaster> step(String type, int version) {
        NavigableMap<Integer, Upcaster> versions = byType.get(type);
        return versions == null
                ? Optional.empty()
                : Optional.ofNullable(versions.ceilingEntry(version)).map(Map.Entry::getValue);
    }

    /** Upcasts an event as far as possible. */
    List<PastEvent> today(PastEvent event) {
        Upcaster step = step(event.type(), event.version()).orElse(null);
        if (step == null) {
            return List.of(event);
        }
        List<PastEvent> today = new ArrayList<>();
        for (Part part : step.parts()) {
            if (part.condition().test(event)) {
                PastEvent next = new PastEvent(
                        part.type(), part.version(), part.fields().apply(event).fields());
                today.addAll(today(next));
            }
        }
        return today;
    }

    /** These types, and all types whose events can be upcast to one of them. */
    Set<String> sourcesOf(Set<String> types) {
        Set<String> found = new HashSet<>(types);
        boolean grown = !byType.isEmpty();
        while (grown) {
            grown = false;
            for (Map.Entry<String, NavigableMap<Integer, Upcaster>> entry : byType.entrySet()) {
                grown |= leadsInto(found, entry.getValue().values()) && found.add(entry.getKey());
            }
        }
        return found;
    }

    private static boolean leadsInto(Set<String> types, Collection<Upcaster> upcasters) {
        return upcasters.stream()
                .flatMap(upcaster -> upcaster.parts().stream())
                .anyMatch(part -> types.contains(part.type()));
    }
}
