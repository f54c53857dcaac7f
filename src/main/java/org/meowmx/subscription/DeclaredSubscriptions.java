package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.meowmx.SubscriptionBusyException;
import org.meowmx.Subscriptions;
import org.meowmx.UnknownSubscriptionException;

/** The subscriptions that observers declare. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class DeclaredSubscriptions implements Subscriptions {

    @Inject
    SubscriptionExtension declared;

    @Inject
    Checkpoints checkpoints;

    @Inject
    Turn turn;

    @Override
    public Set<String> names() {
        return Set.copyOf(declared.subscriptions().keySet());
    }

    @Override
    public long catchUp(String name) {
        Subscription subscription = declared.subscriptions().get(name);
        if (subscription == null) {
            throw new UnknownSubscriptionException(name);
        }
        checkpoints.create(name);
        long handled = 0;
        Turn.Outcome outcome;
        do {
            outcome = turn.take(subscription);
            if (outcome.result() == Turn.Result.BUSY) {
                throw new SubscriptionBusyException(name);
            }
            handled += outcome.handled();
        } while (outcome.result() == Turn.Result.MORE);
        return handled;
    }
}
