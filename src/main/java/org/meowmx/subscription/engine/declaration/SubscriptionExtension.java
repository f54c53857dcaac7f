package org.meowmx.subscription.engine.declaration;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.meowmx.EventTypes;
import org.meowmx.InvalidEventException;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.EventPage;

/** Finds the subscriptions that observers declare. The deployment fails if one of them cannot work. */
public class SubscriptionExtension implements Extension {

    private final List<Declaration> declarations = new ArrayList<>();
    private final List<ObserverMethod<?>> unqualified = new ArrayList<>();

    /** Observers with {@code @LiveOnly} that belong to no subscription. */
    private final List<ObserverMethod<?>> misplaced = new ArrayList<>();

    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();

    void processObserver(@Observes ProcessObserverMethod<?, ?> event) {
        ObserverMethod<?> observer = event.getObserverMethod();
        Declaration.of(observer).ifPresentOrElse(declarations::add, () -> {
            if (Declaration.isLiveOnly(observer)) {
                misplaced.add(observer);
            }
        });
        if (observer.getObservedQualifiers().isEmpty()) {
            unqualified.add(observer);
        }
    }

    void validate(@Observes AfterDeploymentValidation event) {
        List<String> problems = new ArrayList<>();
        declarations.forEach(declaration -> declaration.problem().ifPresent(problems::add));
        unqualified.stream()
                .filter(SubscriptionExtension::observesEvents)
                .forEach(observer -> problems.add(
                        "%s has no qualifier, so every subscription would call it: add @Subscribed(\"…\") or @Appended."
                                .formatted(Declaration.method(observer))));
        misplaced.forEach(observer -> problems.add(
                "%s has @LiveOnly without @Subscribed, so events of every subscription would reach it: add @Subscribed(\"…\"), or remove @LiveOnly."
                        .formatted(Declaration.method(observer))));
        if (problems.isEmpty()) {
            declarations.stream()
                    .collect(Collectors.groupingBy(Declaration::subscription, LinkedHashMap::new, Collectors.toList()))
                    .forEach((name, observers) -> join(name, observers, problems));
        }
        problems.forEach(problem -> event.addDeploymentProblem(new IllegalStateException(problem)));
    }

    private static boolean observesEvents(ObserverMethod<?> observer) {
        return observer.getObservedType() == RecordedEvent.class
                || observer.getObservedType() == EventPage.class
                || !Declaration.typesOf(observer.getObservedType()).isEmpty();
    }

    private void join(String name, List<Declaration> observers, List<String> problems) {
        Declaration first = observers.get(0);
        for (Declaration other : observers) {
            if (!other.qualifier().category().equals(first.qualifier().category())) {
                problems.add(
                        "%s and %s have different categories of the subscription '%s': '%s' and '%s'. Use the same category, or two subscriptions."
                                .formatted(
                                        first.method(),
                                        other.method(),
                                        name,
                                        first.qualifier().category(),
                                        other.qualifier().category()));
                return;
            }
        }
        try {
            EventTypes types =
                    EventTypes.union(observers.stream().map(Declaration::types).toList());
            subscriptions.put(
                    name,
                    new Subscription(
                            name,
                            first.category(),
                            types,
                            types.names(),
                            observers.stream().anyMatch(Declaration::wantsEveryType),
                            observers.stream().anyMatch(Declaration::wantsSingleEvents),
                            observers.stream().anyMatch(Declaration::wantsPages),
                            observers.stream()
                                    .filter(Declaration::isLiveOnly)
                                    .map(Declaration::method)
                                    .toList(),
                            null));
        } catch (InvalidEventException e) {
            problems.add("The observers of the subscription '%s' have ambiguous event types: %s."
                    .formatted(name, e.getMessage()));
        }
    }

    /** The subscriptions by name, in the order of their declaration. */
    Map<String, Subscription> subscriptions() {
        return subscriptions;
    }
}
