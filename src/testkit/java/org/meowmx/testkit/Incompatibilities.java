package org.meowmx.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meowmx.evolution.Evolution;
import org.meowmx.testkit.EventDescription.Described;

/** The incompatibilities between today's description and an earlier one. */
record Incompatibilities(EventDescription today, List<Evolution> evolutions) {

    private static final String ONE_OF = "one of ";
    private static final String OPTIONAL = "?";
    private static final String WAY_OUT = "raise the version and convert it in an upcaster.";

    /** One sentence per incompatibility, which says how to correct it. */
    List<String> since(EventDescription before) {
        List<String> problems = new ArrayList<>();
        before.types().forEach((name, type) -> {
            type.aliases().stream()
                    .filter(alias -> find(alias) == null && !isUpcast(alias, 1))
                    .forEach(alias ->
                            problems.add("No class reads %s any more: make it an alias again.".formatted(alias)));
            // types that an upcaster reads are covered by the upcaster and its golden files
            if (!isUpcast(name, type.version())) {
                compare(name, type, find(name), problems);
            }
        });
        return problems;
    }

    private static void compare(String name, Described before, @Nullable Described now, List<String> problems) {
        if (now == null) {
            problems.add(("No class reads %s v%d: make its name an alias of a class, or rename, split or drop it in an "
                            + "upcaster.")
                    .formatted(name, before.version()));
        } else if (now.version() != before.version()) {
            problems.add("%s went from version %d to %d: add an upcaster that reads version %d."
                    .formatted(name, before.version(), now.version(), before.version()));
        } else {
            compareFields("%s v%d".formatted(name, before.version()), before.fields(), now.fields(), problems);
        }
    }

    private @Nullable Described find(String name) {
        return today.types().entrySet().stream()
                .filter(type ->
                        type.getKey().equals(name) || type.getValue().aliases().contains(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private boolean isUpcast(String name, int version) {
        return evolutions.stream()
                .flatMap(evolution -> evolution.upcasters().stream())
                .anyMatch(upcaster -> upcaster.type().equals(name) && upcaster.version() >= version);
    }

    private static void compareFields(
            String type, Map<String, String> before, Map<String, String> now, List<String> problems) {
        before.forEach((path, field) -> {
            String after = now.getOrDefault(path, now.get(path + OPTIONAL));
            if (after != null) {
                if (!isReadable(field, after)) {
                    problems.add(
                            "%s: the field '%s' was %s and is %s: %s".formatted(type, path, field, after, WAY_OUT));
                }
            } else if (path.endsWith(OPTIONAL) && now.containsKey(required(path))) {
                problems.add("%s: the field '%s' is required now, but older events lack it: %s"
                        .formatted(type, required(path), WAY_OUT));
            } else {
                problems.add("%s: the field '%s' was removed: %s".formatted(type, path, WAY_OUT));
            }
        });
        now.keySet().stream()
                .filter(path -> !path.endsWith(OPTIONAL))
                .filter(path -> !before.containsKey(path) && !before.containsKey(path + OPTIONAL))
                .forEach(path -> problems.add(("%s: the field '%s' is new, and older events lack it: make it optional "
                                + "(@Nullable or Optional), or raise the version and add a value in an upcaster.")
                        .formatted(type, path)));
    }

    private static String required(String path) {
        return path.substring(0, path.length() - OPTIONAL.length());
    }

    private static boolean isReadable(String before, String after) {
        if (!before.startsWith(ONE_OF) || !after.startsWith(ONE_OF)) {
            return before.equals(after);
        }
        return constants(after).containsAll(constants(before));
    }

    private static Set<String> constants(String oneOf) {
        return Set.copyOf(Arrays.asList(oneOf.substring(ONE_OF.length()).split("\\|")));
    }
}
