package org.meowmx.subscription.engine.declaration;

import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventTypes;
import org.meowmx.InvalidEventException;
import org.meowmx.Names;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.EventPage;
import org.meowmx.subscription.Subscribed;

/**
 * One observer of a subscription, as declared.
 *
 * @param observer the method
 * @param qualifier its {@code @Subscribed}
 */
record Declaration(ObserverMethod<?> observer, Subscribed qualifier) {

    static Optional<Declaration> of(ObserverMethod<?> observer) {
        return observer.getObservedQualifiers().stream()
                .filter(Subscribed.class::isInstance)
                .map(qualifier -> new Declaration(observer, (Subscribed) qualifier))
                .findFirst();
    }

    boolean wantsSingleEvents() {
        return observer.getObservedType() == RecordedEvent.class;
    }

    boolean wantsPages() {
        return observer.getObservedType() == EventPage.class;
    }

    boolean wantsEveryType() {
        return wantsSingleEvents() || wantsPages();
    }

    /** Null for every category. */
    @Nullable
    String category() {
        return qualifier.category().isEmpty() ? null : qualifier.category();
    }

    EventTypes types() {
        return typesOf(observer.getObservedType());
    }

    /** Why this observer cannot work. */
    Optional<String> problem() {
        if (qualifier.value().isBlank()) {
            return Optional.of("%s names no subscription in @Subscribed.".formatted(method()));
        }
        try {
            Names.check("name", qualifier.value());
        } catch (InvalidEventException e) {
            return Optional.of("%s names a subscription in @Subscribed whose name %s.".formatted(method(), e.rule()));
        }
        if (observer.isAsync()) {
            return Optional.of(
                    "%s uses @ObservesAsync with @Subscribed: use @Observes, a subscription is asynchronous already."
                            .formatted(method()));
        }
        if (observer.getTransactionPhase() != TransactionPhase.IN_PROGRESS) {
            return Optional.of(
                    "%s asks for a transaction phase with @Subscribed: remove 'during', it runs in its turn's transaction."
                            .formatted(method()));
        }
        if (observer.getReception() == Reception.IF_EXISTS) {
            return Optional.of("%s is conditional with @Subscribed: remove 'notifyObserver', or events would be lost."
                    .formatted(method()));
        }
        if (!wantsEveryType() && types().isEmpty()) {
            return Optional.of(
                    "%s observes %s with @Subscribed, which has no @EventType and is no sealed parent of such."
                            .formatted(method(), observer.getObservedType().getTypeName()));
        }
        return Optional.empty();
    }

    /** The method, for messages. */
    String method() {
        return method(observer);
    }

    static String method(ObserverMethod<?> observer) {
        return observer.getBeanClass().getName() + " (observer of "
                + observer.getObservedType().getTypeName() + ")";
    }

    static EventTypes typesOf(Type observed) {
        return EventTypes.of(observed instanceof Class<?> type ? type : Object.class);
    }
}
