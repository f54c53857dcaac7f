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
import org.meowmx.subscription.LiveOnly;
import org.meowmx.subscription.Subscribed;

/**
 * An observer method with {@code @Subscribed}.
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

    /** Whether it is not called for events that are handled again. */
    boolean isLiveOnly() {
        return isLiveOnly(observer);
    }

    static boolean isLiveOnly(ObserverMethod<?> observer) {
        return observer.getObservedQualifiers().contains(LiveOnly.Literal.INSTANCE);
    }

    /** The category that the observer is limited to; null means every category. */
    @Nullable
    String category() {
        return qualifier.category().isEmpty() ? null : qualifier.category();
    }

    EventTypes types() {
        return typesOf(observer.getObservedType());
    }

    /** The name of the subscription: the name of the projection, followed by the version if it is not the first. */
    String subscription() {
        return new ProjectionVersion(qualifier.value(), qualifier.version()).subscription();
    }

    /** The reason why this observer cannot work; empty if it can. */
    Optional<String> problem() {
        return problemOfName().or(this::problemOfObserver);
    }

    private Optional<String> problemOfName() {
        String name = qualifier.value();
        if (name.isBlank()) {
            return Optional.of("%s names no subscription: set the value of @Subscribed.".formatted(method()));
        }
        if (qualifier.version() < 1 || qualifier.version() > ProjectionVersion.LAST) {
            return Optional.of("%s has version %d of the subscription '%s': a version is a number from 1 to %d."
                    .formatted(method(), qualifier.version(), name, ProjectionVersion.LAST));
        }
        if (name.indexOf(ProjectionVersion.SEPARATOR) >= 0) {
            return Optional.of(
                    "%s names the subscription '%s', but '@' separates a name from its version: choose a name without '@', and set the version of @Subscribed."
                            .formatted(method(), name));
        }
        try {
            Names.check("name", subscription());
            return Optional.empty();
        } catch (InvalidEventException e) {
            return Optional.of("%s uses @Subscribed with a subscription whose name %s.".formatted(method(), e.rule()));
        }
    }

    private Optional<String> problemOfObserver() {
        if (observer.isAsync()) {
            return Optional.of(
                    "%s uses @ObservesAsync with @Subscribed: use @Observes. A subscription is asynchronous already."
                            .formatted(method()));
        }
        if (observer.getTransactionPhase() != TransactionPhase.IN_PROGRESS) {
            return Optional.of(
                    "%s sets a transaction phase with @Subscribed: remove 'during'. A subscription calls it in a transaction of its own."
                            .formatted(method()));
        }
        if (observer.getReception() == Reception.IF_EXISTS) {
            return Optional.of(
                    "%s is conditional with @Subscribed: remove 'notifyObserver'. A conditional observer would lose events."
                            .formatted(method()));
        }
        if (!wantsEveryType() && types().isEmpty()) {
            return Optional.of(
                    "%s observes %s with @Subscribed, but that type has no @EventType. Add one, or observe a sealed interface of classes that have one."
                            .formatted(method(), observer.getObservedType().getTypeName()));
        }
        return Optional.empty();
    }

    /** The observer method, for messages. */
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
