package org.meowmx.subscription.engine.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meowmx.configuration.Key;
import org.meowmx.configuration.KeyGroup;
import org.meowmx.configuration.Settings;

/**
 * The group of the keys in {@link SubscriptionKeys}, for the subscriptions of this application.
 *
 * @param subscriptions the names of the subscriptions that observers declare
 */
record SubscriptionKeyGroup(Set<String> subscriptions, Settings settings) implements KeyGroup {

    @Override
    public List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(SubscriptionKeys.NODE);
        SubscriptionKeys.EACH.forEach(key -> keys.add(key.under(SubscriptionKeys.PREFIX)));
        projections().forEach(name -> keysOfOne().forEach(key -> keys.add(key.under(SubscriptionKeys.prefix(name)))));
        subscriptions.stream()
                .filter(name -> !projections().contains(name))
                .forEach(name ->
                        SubscriptionKeys.EACH.forEach(key -> keys.add(key.under(SubscriptionKeys.prefix(name)))));
        return keys;
    }

    /** The names without their versions. */
    private Set<String> projections() {
        return subscriptions.stream()
                .map(name -> ProjectionVersion.of(name).projection())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Key<?>> keysOfOne() {
        return Stream.concat(SubscriptionKeys.EACH.stream(), SubscriptionKeys.SINGLE.stream());
    }

    @Override
    public List<String> prefixes() {
        return List.of(SubscriptionKeys.PREFIX);
    }

    /** Keys of other subscriptions are ignored only if the configuration says so. */
    @Override
    public boolean isOfAnother(String name) {
        return !checksNames() && keysOfOne().anyMatch(key -> isKeyOfSubscription(name, key));
    }

    private boolean checksNames() {
        return settings.problem(SubscriptionKeys.CHECK_NAMES).isPresent() || settings.get(SubscriptionKeys.CHECK_NAMES);
    }

    private boolean isKeyOfSubscription(String name, Key<?> key) {
        return name.endsWith("." + key.name())
                || (settings.hasVariable(name) && Key.variable(name).endsWith("_" + Key.variable(key.name())));
    }

    @Override
    public boolean ignoresListedVariables() {
        return false;
    }

    /** A subscription cannot take over the checkpoints of one that is still declared. */
    @Override
    public List<String> conflicts() {
        Set<String> projections = projections();
        return projections.stream()
                .map(name -> SubscriptionKeys.RENAMED_FROM.under(SubscriptionKeys.prefix(name)))
                .flatMap(key -> settings
                        .get(key)
                        .filter(projections::contains)
                        .map(former ->
                                "%s is '%s', but an observer still declares the subscription '%s': remove the key, or that observer."
                                        .formatted(key.name(), former, former))
                        .stream())
                .toList();
    }
}
