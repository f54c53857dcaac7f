package org.meowmx.storage;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.meowmx.AppendResult;
import org.meowmx.CurrentEvent;
import org.meowmx.EventIds;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.HandlerThread;
import org.meowmx.transaction.Handling;
import org.meowmx.transaction.Ordinals;

/**
 * Derives the ids of events that are appended while an event is handled, so that the log recognises them if the event is handled
 * again.
 *
 * <p>An id is a UUID of version 5 of the handled event, the stream, the type, and the ordinal of the event among those with the same
 * three. So observers may run in any order, unless they append events of the same type to the same stream. The namespace is that of the
 * subscription, or that of the log for observers of an append.
 */
final class DerivedIds {

    private final CurrentEvent currentEvent;
    private final HandlerThread handlers;
    private final CurrentTransaction current;

    DerivedIds(CurrentEvent currentEvent, HandlerThread handlers, CurrentTransaction current) {
        this.currentEvent = currentEvent;
        this.handlers = handlers;
        this.current = current;
    }

    /**
     * Appends, with derived ids if the thread handles an event.
     *
     * @param next appends the batches
     */
    List<AppendResult> append(
            List<StreamAppend> appends, BatchFactory factory, Function<List<Batch>, List<AppendResult>> next) {
        Optional<Handling> handling = handlers.handling();
        Optional<UUID> namespace = handling.flatMap(Handling::namespace);
        Optional<RecordedEvent> event = currentEvent.get();
        if (handling.isEmpty() || namespace.isEmpty() || event.isEmpty()) {
            return next.apply(factory.of(appends));
        }
        Ordinals<String> ordinals = handling.get().ordinals();
        Ordinals.Draft<String> numbers = ordinals.draft();
        UUID handled = event.get().id();
        List<Batch> batches =
                factory.of(appends, (stream, type) -> id(namespace.get(), target(handled, stream, type), numbers));
        return ordinals.during(numbers, current, () -> next.apply(batches));
    }

    /** No part contains a control character, so different parts never give the same text. */
    private static String target(UUID handled, StreamId stream, String type) {
        return String.join("\n", handled.toString(), stream.category(), stream.id(), type);
    }

    private static UUID id(UUID namespace, String target, Ordinals.Draft<String> numbers) {
        return EventIds.named(namespace, target + "\n" + numbers.next(target));
    }

    /** Whether an append searches for derived ids first. */
    boolean areLookedUp() {
        return handlers.handling().filter(Handling::isLookingUp).isPresent();
    }

    /** The reason why an append may only repeat events of the log; empty if it may store events. */
    Optional<String> refusal() {
        return handlers.handling().flatMap(Handling::refusal);
    }

    /** Records that the database refused derived ids for which no append had searched. */
    void noteConflict() {
        handlers.handling().ifPresent(Handling::noteConflict);
    }

    /**
     * Records an event that the log had already.
     *
     * @param differs whether its data differ from the appended data
     */
    void noteRecognised(boolean differs) {
        handlers.handling().ifPresent(handling -> handling.noteRecognised(differs));
    }
}
