package org.meowmx.subscription.engine.declaration;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.meowmx.StartupException;
import org.meowmx.configuration.Settings;
import org.meowmx.subscription.UnknownSubscriptionException;

/**
 * The subscriptions that this application declares, by observers or at run time, with their configuration.
 *
 * <p>A subscription can be known without being declared: while {@code subscribe} creates its checkpoints, and after it has ended at
 * run time, because a turn of it may still run. No new turn of it begins.
 */
public class SubscriptionRegistry {

    private final Map<String, Subscription> known;
    private final Set<String> declared;
    private final SettingsReader reader;
    private final Map<String, SubscriptionSettings> read = new ConcurrentHashMap<>();

    /**
     * @param subscriptions the subscriptions by name
     * @param settings the configuration
     */
    public SubscriptionRegistry(Map<String, Subscription> subscriptions, Settings settings) {
        this.known = new ConcurrentHashMap<>(subscriptions);
        this.declared = ConcurrentHashMap.newKeySet();
        this.declared.addAll(subscriptions.keySet());
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
        return names().stream()
                .map(this::subscription)
                .collect(Collectors.toUnmodifiableMap(Subscription::name, Subscription::filter));
    }

    public Set<String> names() {
        return Set.copyOf(declared);
    }

    public boolean has(String name) {
        return declared.contains(name);
    }

    /** Makes a subscription known, in place of one of the same name that has ended. */
    public void prepare(Subscription subscription) {
        known.put(subscription.name(), subscription);
    }

    /** Declares a known subscription. */
    public void declare(String name) {
        declared.add(subscription(name).name());
    }

    /** Ends a declaration. */
    public void end(String name) {
        declared.remove(name);
    }

    /**
     * The subscription of this name.
     *
     * @throws UnknownSubscriptionException if it is not known
     */
    public Subscription subscription(String name) {
        Subscription subscription = known.get(name);
        if (subscription == null) {
            throw new UnknownSubscriptionException(name);
        }
        return subscription;
    }

    /**
     * The settings of the subscription of this name.
     *
     * @throws UnknownSubscriptionException if it is not known
     * @throws StartupException if a value is not allowed
     */
    public SubscriptionSettings settings(String name) {
        return read.computeIfAbsent(subscription(name).name(), reader::subscription);
    }
}
