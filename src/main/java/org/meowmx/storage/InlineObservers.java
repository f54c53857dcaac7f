package org.meowmx.storage;

import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Set;
import org.meowmx.AppendResult;
import org.meowmx.Appended;
import org.meowmx.CurrentEvent;
import org.meowmx.DataBinder;
import org.meowmx.EventsAppended;
import org.meowmx.RecordedEvent;

/** Notifies the application of the events that were just appended, inside the transaction. */
final class InlineObservers {

    private final AppendedObservers observers;
    private final Event<Object> events;
    private final Event<EventsAppended> appended;
    private final CurrentEvent currentEvent;
    private final DataBinder binder;
    private final Set<String> observedTypes;

    /**
     * @param events fires the single events, for {@code @Appended} observers
     * @param appended fires the notification of a whole append; an instance of its own, because resolving the observers of an
     *     unspecific one takes longer than calling them
     */
    InlineObservers(
            AppendedObservers observers,
            Event<Object> events,
            Event<EventsAppended> appended,
            CurrentEvent currentEvent,
            DataBinder binder) {
        this.observers = observers;
        this.events = events;
        this.appended = appended;
        this.currentEvent = currentEvent;
        this.binder = binder;
        this.observedTypes = binder.storedTypes(observers.types());
    }

    /** Whether the application would be notified of the events of a batch. */
    boolean observe(Batch batch) {
        return observers.areNotified()
                || (!observedTypes.isEmpty()
                        && batch.events().stream()
                                .anyMatch(event ->
                                        observedTypes.contains(event.content().type())));
    }

    /** Repeated appends are left out: their observers were notified the first time. */
    void notify(List<AppendResult> results) {
        List<AppendResult> fresh =
                results.stream().filter(result -> !result.repeated()).toList();
        if (fresh.isEmpty()) {
            return;
        }
        if (!observers.types().isEmpty()) {
            fresh.forEach(result -> result.events().forEach(this::notify));
        }
        if (observers.areNotified()) {
            appended.fire(new EventsAppended(fresh));
        }
    }

    private void notify(RecordedEvent event) {
        if (observedTypes.contains(event.type())) {
            Event<Object> observing = events.select(Appended.Literal.INSTANCE);
            currentEvent.during(event, () -> binder.bind(event, observers.types(), Object.class)
                    .forEach(observing::fire));
        }
    }
}
