package org.meowmx.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meowmx.Evolution;
import org.meowmx.testkit.EventDescription.Described;

/** What speaks against a description of today, for events that were stored under an earlier one. */
record Incompatibilities(EventDescription today, List<Evolution> evolutions) {

    private static final String ONE_OF = "one of ";

    /** A sentence for each, with the way out. */
    List<String> since(EventDescription before) {
        List<String> problems = new ArrayList<>();
        before.types().forEach((name, type) -> {
            Described now = find(name);
            if (isUpcast(name, type.version())) {
                // its upcaster, and golden files, answer for it
                return;
            }
            if (now == null) {
                problems.add(
                        ("%s v%d is read by no class: make its name an alias of one, or rename, split or drop it in an "
                                        + "upcaster.")
                                .formatted(name, type.version()));
            } else if (now.version() != type.version()) {
                problems.add("%s went from version %d to %d: add an upcaster that reads version %d."
                        .formatted(name, type.version(), now.version(), type.version()));
            } else {
                compare("%s v%d".formatted(name, type.version()), type.fields(), now.fields(), problems);
            }
            type.aliases().stream()
                    .filter(alias -> find(alias) == null && !isUpcast(alias, 1))
                    .forEach(alias ->
                            problems.add("%s is read by no class any more: make it an alias again.".formatted(alias)));
        });
        return problems;
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

    private static void compare(
            String type, Map<String, String> before, Map<String, String> now, List<String> problems) {
        String wayOut = "raise the version, and say in an upcaster what becomes of it.";
        before.forEach((path, field) -> {
            String same = now.get(path);
            if (same == null && now.get(optional(path)) == null) {
                boolean required = path.endsWith("?") && now.containsKey(path.substring(0, path.length() - 1));
                problems.add(
                        required
                                ? "%s: the field '%s' must be there now, and older events lack it: %s"
                                        .formatted(type, path.substring(0, path.length() - 1), wayOut)
                                : "%s: the field '%s' is gone: %s".formatted(type, path, wayOut));
            } else {
                String after = same == null ? now.get(optional(path)) : same;
                if (!isReadable(field, after)) {
                    problems.add("%s: the field '%s' was %s and is %s: %s".formatted(type, path, field, after, wayOut));
                }
            }
        });
        now.keySet().stream()
                .filter(path -> !path.endsWith("?") && !before.containsKey(path) && !before.containsKey(path + "?"))
                .forEach(path -> problems.add(
                        "%s: the field '%s' is new, and older events lack it: let it be missing ".formatted(type, path)
                                + "(@Nullable or Optional), or raise the version and give a value in an upcaster."));
    }

    private static String optional(String path) {
        return path + "?";
    }

    private static boolean isReadable(String before, @Nullable String after) {
        if (after == null || !before.startsWith(ONE_OF) || !after.startsWith(ONE_OF)) {
            return before.equals(after);
        }
        return constants(after).containsAll(constants(before));
    }

    private static Set<String> constants(String oneOf) {
        return Set.copyOf(Arrays.asList(oneOf.substring(ONE_OF.length()).split("\\|")));
    }
}
