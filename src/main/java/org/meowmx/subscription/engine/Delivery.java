package org.meowmx.subscription.engine;

import java.util.List;
import java.util.Set;
import org.meowmx.EventStore;
import org.meowmx.LogPage;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.transaction.Handling;

/**
 * Delivers events to the observers of a subscription, or parks them if earlier events of their streams are parked.
 * Every method needs a transaction that holds the claim of the segment.
 */
final class Delivery {

    private final EventStore events;
    private final ParkedEvents parkedEvents;
    private final Dispatcher dispatcher;

    Delivery(EventStore events, ParkedEvents parkedEvents, Dispatcher dispatcher) {
        this.events = events;
        this.parkedEvents = parkedEvents;
        this.dispatcher = dispatcher;
    }

    /**
     * Delivers a page, or only its beginning if the observers are slow.
     *
     * @param checkpoint the claimed checkpoint. If its subscription has no parked events, the database is not queried for them
     * @param handling what the observers' thread knows
     * @return the position up to which the page was delivered
     * @throws TurnFailure if an observer threw
     */
    long deliver(Subscription subscription, LogPage page, Checkpoint checkpoint, Handling handling) {
        Set<StreamId> parked =
                checkpoint.hasParkedEvents() ? parkedEvents.streamsAmong(subscription.name(), page.events()) : Set.of();
        List<RecordedEvent> free = page.events().stream()
                .filter(event -> !parked.contains(event.stream()))
                .toList();
        int count =
                dispatcher.dispatch(subscription, free, handling, page.events().size() == 1);
        long readTo = count == free.size() ? page.readTo() : free.get(count - 1).position();
        page.events().stream()
                .filter(event -> event.position() <= readTo && parked.contains(event.stream()))
                .forEach(event -> parkedEvents.park(subscription.name(), event, handling.isReplay(), null));
        return readTo;
    }

    /**
     * Delivers a single event.
     *
     * @param handling what the observers' thread knows
     * @throws TurnFailure if an observer threw
     */
    void deliver(Subscription subscription, StreamId stream, long version, Handling handling) {
        RecordedEvent event = events.read(
                        stream, StreamRange.all().from(version).to(version))
                .first()
                .orElseThrow();
        dispatcher.dispatch(subscription, List.of(event), handling, true);
    }
}
