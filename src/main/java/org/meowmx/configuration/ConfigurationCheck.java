package org.meowmx.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Finds the mistakes in the configuration: values that are not allowed, and names that are not keys. */
public final class ConfigurationCheck {

    private static final String VARIABLE_PREFIX = "MEOWMX_";

    /** A variable with a larger distance to each key is probably not ours, such as MEOWMX_PORT of a Kubernetes service. */
    private static final int MISSPELT = 2;

    private final Settings settings;
    private final List<KeyGroup> groups;

    public ConfigurationCheck(Settings settings, List<KeyGroup> groups) {
        this.settings = settings;
        this.groups = List.copyOf(groups);
    }

    /** The mistakes that fail the deployment, one sentence each. */
    public List<String> problems() {
        Set<String> problems = new TreeSet<>();
        for (KeyGroup group : groups) {
            group.keys().forEach(key -> settings.problem(key).ifPresent(problems::add));
            problems.addAll(unknownProperties(group));
            problems.addAll(group.conflicts());
        }
        return List.copyOf(problems);
    }

    private List<String> unknownProperties(KeyGroup group) {
        Set<String> names = group.keys().stream().map(Key::name).collect(Collectors.toSet());
        Set<String> variables = variables(group);
        return StreamSupport.stream(settings.properties().spliterator(), false)
                .filter(property -> group.prefixes().stream().anyMatch(property::startsWith))
                .filter(settings::isSet)
                .filter(property -> !names.contains(property) && !isListedVariable(property, variables))
                .filter(property -> !(group.ignoresListedVariables() && settings.hasVariable(property)))
                .filter(property -> !group.isOfAnother(property))
                .map(property -> "%s is not a configuration key; did you mean %s?"
                        .formatted(property, Spelling.nearest(property, names)))
                .toList();
    }

    /** Some servers list an environment variable as a property, too. They cannot know which of its underscores were hyphens. */
    private boolean isListedVariable(String property, Set<String> variables) {
        return settings.hasVariable(property) && variables.contains(Key.variable(property));
    }

    private static Set<String> variables(KeyGroup group) {
        return group.keys().stream().map(key -> Key.variable(key.name())).collect(Collectors.toSet());
    }

    /** The environment variables that are probably misspelt keys, one sentence each. */
    public List<String> warnings() {
        Set<String> known =
                groups.stream().flatMap(group -> variables(group).stream()).collect(Collectors.toSet());
        List<String> warnings = new ArrayList<>();
        for (String variable : new TreeSet<>(settings.environment())) {
            if (variable.startsWith(VARIABLE_PREFIX)
                    && !known.contains(variable)
                    && groups.stream().noneMatch(group -> group.isOfAnother(variable))) {
                misspelt(variable, known).ifPresent(warnings::add);
            }
        }
        return warnings;
    }

    private static Optional<String> misspelt(String variable, Set<String> known) {
        return Optional.of(Spelling.nearest(variable, known))
                .filter(nearest -> Spelling.distance(variable, nearest) <= MISSPELT)
                .map(nearest ->
                        "The environment variable %s is not a configuration key and has no effect; did you mean %s?"
                                .formatted(variable, nearest));
    }
}
