package org.meowmx.subscription.engine.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
        for (String name : subscriptions) {
            keysOfOne().forEach(key -> keys.add(key.under(SubscriptionKeys.prefix(name))));
        }
        return keys;
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
        return subscriptions.stream()
                .map(name -> SubscriptionKeys.RENAMED_FROM.under(SubscriptionKeys.prefix(name)))
                .flatMap(key -> settings
                        .get(key)
                        .filter(subscriptions::contains)
                        .map(former ->
                                "%s is '%s', but an observer still declares the subscription '%s': remove the key, or that observer."
                                        .formatted(key.name(), former, former))
                        .stream())
                .toList();
    }
}
