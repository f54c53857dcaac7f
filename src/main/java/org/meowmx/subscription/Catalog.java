package org.meowmx.subscription;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.meowmx.StartupException;
import org.meowmx.UnknownSubscriptionException;

/** The subscriptions that observers of this application declare, with their configuration. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Catalog {

    @Inject
    SubscriptionExtension declared;

    @Inject
    Config config;

    private final Map<String, SubscriptionSettings> settings = new HashMap<>();

    @PostConstruct
    void readSettings() {
        SettingsReader reader = new SettingsReader(config);
        names().forEach(name -> settings.put(name, reader.read(name)));
        reader.checkNames(names());
        if (!reader.problems().isEmpty()) {
            List<String> distinct = new ArrayList<>(Set.copyOf(reader.problems()));
            throw new StartupException(distinct.stream().sorted().toList());
        }
    }

    Set<String> names() {
        return Set.copyOf(declared.subscriptions().keySet());
    }

    boolean has(String name) {
        return declared.subscriptions().containsKey(name);
    }

    Subscription subscription(String name) {
        Subscription subscription = declared.subscriptions().get(name);
        if (subscription == null) {
            throw new UnknownSubscriptionException(name);
        }
        return subscription;
    }

    SubscriptionSettings settings(String name) {
        SubscriptionSettings found = settings.get(name);
        if (found == null) {
            throw new UnknownSubscriptionException(name);
        }
        return found;
    }
}
