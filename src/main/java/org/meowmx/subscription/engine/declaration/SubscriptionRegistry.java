package org.meowmx.subscription.engine.declaration;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.meowmx.DataBinder;
import org.meowmx.StartupException;
import org.meowmx.subscription.UnknownSubscriptionException;

/** The subscriptions that observers of this application declare, with their configuration. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class SubscriptionRegistry {

    @Inject
    SubscriptionExtension declared;

    @Inject
    Config config;

    @Inject
    DataBinder binder;

    private NodeSettings node;
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    private final Map<String, SubscriptionSettings> settings = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    @PostConstruct
    public void readSettings() {
        declared.subscriptions()
                .forEach((name, subscription) ->
                        subscriptions.put(name, subscription.storedAs(binder.storedTypes(subscription.types()))));
        SettingsReader reader = new SettingsReader(config, System.getenv().keySet());
        node = reader.node();
        names().forEach(name -> settings.put(name, reader.read(name)));
        settings.forEach((name, read) -> checkPredecessor(name, read.creation().renamedFrom()));
        reader.checkNames(names());
        problems.addAll(new TreeSet<>(reader.problems()));
    }

    private void checkPredecessor(String name, @Nullable String renamedFrom) {
        if (renamedFrom != null && has(renamedFrom)) {
            problems.add("%s%s.renamed-from is '%s', which an observer still names; its place is not free."
                    .formatted(SettingsReader.PREFIX, name, renamedFrom));
        }
    }

    /**
     * Fails the deployment when the configuration has mistakes.
     *
     * @throws StartupException with all of them
     */
    public void validate() {
        if (!problems.isEmpty()) {
            throw new StartupException(problems);
        }
    }

    public NodeSettings node() {
        return node;
    }

    /** What is asked for under each subscription's name. */
    public Map<String, Filter> filters() {
        return subscriptions.values().stream()
                .collect(Collectors.toUnmodifiableMap(Subscription::name, Subscription::filter));
    }

    public Set<String> names() {
        return Set.copyOf(subscriptions.keySet());
    }

    public boolean has(String name) {
        return subscriptions.containsKey(name);
    }

    public Subscription subscription(String name) {
        Subscription subscription = subscriptions.get(name);
        if (subscription == null) {
            throw new UnknownSubscriptionException(name);
        }
        return subscription;
    }

    public SubscriptionSettings settings(String name) {
        SubscriptionSettings found = settings.get(name);
        if (found == null) {
            throw new UnknownSubscriptionException(name);
        }
        return found;
    }
}
