package org.meowmx.subscription.engine.declaration;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;
import org.meowmx.DataBinder;
import org.meowmx.configuration.KeyGroup;
import org.meowmx.configuration.Settings;

/** Creates the beans of this package from the declarations that the extension has found. */
@Dependent
class DeclarationProducer {

    @Produces
    @Singleton
    static SubscriptionRegistry registry(SubscriptionExtension declared, Settings settings, DataBinder binder) {
        Map<String, Subscription> subscriptions = declared.subscriptions().values().stream()
                .map(subscription -> subscription.storedAs(binder.storedTypes(subscription.types())))
                .collect(Collectors.toMap(Subscription::name, subscription -> subscription));
        return new SubscriptionRegistry(subscriptions, settings);
    }

    @Produces
    static KeyGroup keys(SubscriptionExtension declared, Settings settings) {
        return new SubscriptionKeyGroup(declared.subscriptions().keySet(), settings);
    }
}
