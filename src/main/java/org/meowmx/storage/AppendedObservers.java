package org.meowmx.storage;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.util.ArrayList;
import java.util.List;
import org.meowmx.Appended;
import org.meowmx.EventTypes;
import org.meowmx.EventsAppended;
import org.meowmx.InvalidEventException;

/** Collects the inline observers at deployment, so that an append does not have to resolve them. */
public class AppendedObservers implements Extension {

    private final List<EventTypes> observed = new ArrayList<>();
    private EventTypes types = EventTypes.union(List.of());
    private boolean notified;

    void processObserver(@Observes ProcessObserverMethod<?, ?> event) {
        ObserverMethod<?> observer = event.getObserverMethod();
        if (observer.getObservedType() == EventsAppended.class) {
            notified = true;
        }
        if (observer.getObservedQualifiers().contains(Appended.Literal.INSTANCE)) {
            EventTypes family = observer.getObservedType() instanceof Class<?> type
                    ? EventTypes.of(type)
                    : EventTypes.union(List.of());
            if (family.isEmpty()) {
                event.addDefinitionError(new DefinitionException(
                        "%s observes @Appended %s, which is neither a class with @EventType nor a sealed parent of such classes"
                                .formatted(observer, observer.getObservedType().getTypeName())));
            }
            observed.add(family);
        }
    }

    void validate(@Observes AfterDeploymentValidation event) {
        try {
            types = EventTypes.union(observed);
        } catch (InvalidEventException e) {
            event.addDeploymentProblem(e);
        }
    }

    /** Whether the application observes {@link EventsAppended}. */
    boolean areNotified() {
        return notified;
    }

    /** The event types that {@code @Appended} observers declare. */
    EventTypes types() {
        return types;
    }
}
