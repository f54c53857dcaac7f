package org.meowmx;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Events of one stream, as a read returned them.
 *
 * @param id the stream
 * @param version the version of the stream at the upper end of the range that was read, so the stream's own version when
 *     the range is open; 0 when the stream does not exist. Append with {@code exactly(version)} to be sure that nothing
 *     has happened in between
 * @param events the events of the range, in the order asked for
 */
public record EventStream(StreamId id, long version, List<RecordedEvent> events) implements Iterable<RecordedEvent> {

    public EventStream {
        events = List.copyOf(events);
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }

    public Optional<RecordedEvent> first() {
        return events.stream().findFirst();
    }

    public Optional<RecordedEvent> last() {
        return events.isEmpty() ? Optional.empty() : Optional.of(events.get(events.size() - 1));
    }

    /**
     * The data of all events as objects of one sealed family, as upcasters let them be read today.
     *
     * @throws EventBindingException when one of them is not of that family
     */
    public <T> List<T> as(Class<T> family) {
        return events.stream().flatMap(event -> event.asList(family).stream()).toList();
    }

    @Override
    public Iterator<RecordedEvent> iterator() {
        return events.iterator();
    }
}
