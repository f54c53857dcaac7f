package org.meowmx;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream that a read returned.
 *
 * @param id the stream
 * @param version the version of the stream at the upper end of the range that was read; 0 if the stream does not
 *     exist. Only after a read without {@code to} and {@code asOf} is this the stream's current version: then append
 *     with {@code exactly(version)} to make sure that no other writer has appended since
 * @param events the events of the range, in the requested order
 */
public record EventStream(StreamId id, long version, List<RecordedEvent> events) implements Iterable<RecordedEvent> {

    public EventStream {
        Required.present("id", id);
        events = List.copyOf(Required.elements("events", events));
    }

    /** Whether the range contains no events. */
    public boolean isEmpty() {
        return events.isEmpty();
    }

    /** The first event in the requested order; empty if there are no events. */
    public Optional<RecordedEvent> first() {
        return events.stream().findFirst();
    }

    /** The last event in the requested order; empty if there are no events. */
    public Optional<RecordedEvent> last() {
        return events.isEmpty() ? Optional.empty() : Optional.of(events.get(events.size() - 1));
    }

    /**
     * The range that remains to be read after this page: the cursor for the next call of
     * {@link EventStore#readPage(StreamId, StreamRange)}; null if the range was read to its end.
     *
     * <p>Events that are appended after the last page are not announced. To follow a stream, read on from {@code version + 1}.
     *
     * @param read the range that this page was read with
     */
    public @Nullable StreamRange next(StreamRange read) {
        Required.present("read", read);
        RecordedEvent last = last().orElse(null);
        if (last == null || events.size() >= read.limit() || (!read.backward() && last.version() >= version)) {
            return null;
        }
        StreamRange rest = read.after(last);
        return rest == null || read.limit() == Long.MAX_VALUE ? rest : rest.limit(read.limit() - events.size());
    }

    /**
     * The events as objects of one sealed family, each with the stored event. Otherwise as {@link #as}.
     *
     * @throws EventBindingException if an event does not belong to the family, or its data does not fit its class
     */
    public <T> List<TypedEvent<T>> typed(Class<T> family) {
        return events.stream()
                .flatMap(event -> TypedEvent.of(event, Required.present("family", family)).stream())
                .toList();
    }

    /**
     * The data of all events as objects of one sealed family, after applying upcasters. The list can be shorter or
     * longer than {@link #events} if upcasters drop or split events.
     *
     * @throws EventBindingException if an event does not belong to the family, or its data does not fit its class
     */
    public <T> List<T> as(Class<T> family) {
        return events.stream().flatMap(event -> event.asList(family).stream()).toList();
    }

    @Override
    public Iterator<RecordedEvent> iterator() {
        return events.iterator();
    }
}
