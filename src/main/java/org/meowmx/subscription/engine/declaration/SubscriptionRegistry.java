package org.meowmx.subscription.engine.declaration;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.meowmx.StartupException;
import org.meowmx.configuration.Settings;
import org.meowmx.subscription.UnknownSubscriptionException;

/** The subscriptions that observers of this application declare, with their configuration. */
public class SubscriptionRegistry {

    private final Map<String, Subscription> subscriptions;
    private final SettingsReader reader;
    private final Map<String, SubscriptionSettings> read = new ConcurrentHashMap<>();

    /**
     * @param subscriptions the subscriptions by name
     * @param settings the configuration
     */
    public SubscriptionRegistry(Map<String, Subscription> subscriptions, Settings settings) {
        this.subscriptions = Map.copyOf(subscriptions);
        this.reader = new SettingsReader(settings);
    }

    /**
     * The settings of this node.
     *
     * @throws StartupException if a value is not allowed
     */
    public NodeSettings node() {
        return reader.node();
    }

    /** The filter of each subscription by name. */
    public Map<String, Filter> filters() {
        return subscriptions.values().stream()
                .collect(Collectors.toUnmodifiableMap(Subscription::name, Subscription::filter));
    }

    public Set<String> names() {
        return subscriptions.keySet();
    }

    public boolean has(String name) {
        return subscriptions.containsKey(name);
    }

    /**
     * The subscription of this name.
     *
     * @throws UnknownSubscriptionException if no observer declares it
     */
    public Subscription subscription(String name) {
        Subscription subscription = subscriptions.get(name);
        if (subscription == null) {
            throw new UnknownSubscriptionException(name);
        }
        return subscription;
    }

    /**
     * The settings of the subscription of this name.
     *
     * @throws UnknownSubscriptionException if no observer declares it
     * @throws StartupException if a value is not allowed
     */
    public SubscriptionSettings settings(String name) {
        return read.computeIfAbsent(subscription(name).name(), reader::subscription);
    }
}
