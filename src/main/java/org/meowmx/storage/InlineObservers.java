package org.meowmx.storage;

import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meowmx.AppendResult;
import org.meowmx.Appended;
import org.meowmx.CurrentEvent;
import org.meowmx.DataBinder;
import org.meowmx.EventsAppended;
import org.meowmx.RecordedEvent;
import org.meowmx.transaction.HandlerThread;
import org.meowmx.transaction.Handling;

/** Notifies the application of the events that were just appended, inside the transaction. */
final class InlineObservers {

    private final AppendedObservers observers;
    private final Event<Object> events;
    private final Event<EventsAppended> appended;
    private final CurrentEvent currentEvent;
    private final HandlerThread handlers;
    private final Supplier<UUID> logId;
    private final DataBinder binder;
    private final Set<String> observedTypes;

    /** Read once: the id of a log never changes. */
    private volatile @Nullable UUID namespace;

    /**
     * @param events fires the single events, for {@code @Appended} observers
     * @param appended fires the notification of a whole append. It is a separate instance, because resolving the observers of an
     *     unspecific one takes longer than calling them
     * @param logId the namespace of the ids of events that observers append
     */
    InlineObservers(
            AppendedObservers observers,
            Event<Object> events,
            Event<EventsAppended> appended,
            CurrentEvent currentEvent,
            HandlerThread handlers,
            Supplier<UUID> logId,
            DataBinder binder) {
        this.observers = observers;
        this.events = events;
        this.appended = appended;
        this.currentEvent = currentEvent;
        this.handlers = handlers;
        this.logId = logId;
        this.binder = binder;
        this.observedTypes = binder.storedTypes(observers.types());
    }

    /** Whether the application observes an event of the batch. */
    boolean observe(Batch batch) {
        return observers.areNotified()
                || (!observedTypes.isEmpty()
                        && batch.events().stream()
                                .anyMatch(event ->
                                        observedTypes.contains(event.content().type())));
    }

    /**
     * Notifies the observers of new events. Those of repeated appends were notified the first time.
     *
     * @param given the ids that the writer gave. An earlier attempt may have used them, and its observers may have appended in a
     *     transaction of their own
     */
    void notify(List<AppendResult> results, Set<UUID> given) {
        List<AppendResult> fresh =
                results.stream().filter(result -> !result.repeated()).toList();
        if (fresh.isEmpty()) {
            return;
        }
        if (!observers.types().isEmpty()) {
            fresh.forEach(result -> result.events().forEach(event -> notify(event, given.contains(event.id()))));
        }
        if (observers.areNotified()) {
            appended.fire(new EventsAppended(fresh));
        }
    }

    private void notify(RecordedEvent event, boolean mayBeKnown) {
        if (observedTypes.contains(event.type())) {
            Handling handling = Handling.ofAppended(handlers.handling().orElse(null), namespace(), mayBeKnown);
            handlers.run(handling, () -> currentEvent.during(event, false, () -> fire(event)));
        }
    }

    private UUID namespace() {
        UUID known = namespace;
        if (known == null) {
            known = logId.get();
            namespace = known;
        }
        return known;
    }

    private void fire(RecordedEvent event) {
        Event<Object> observing = events.select(Appended.Literal.INSTANCE);
        binder.bind(event, observers.types(), Object.class).forEach(observing::fire);
    }
}
