package org.meowmx.subscription.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;

/** The input of both the engine and its model: the events, and the events at which the observers fail. */
final class World {

    static final String CATEGORY = "model";

    private final List<Stored> log = new ArrayList<>();
    private final Map<String, Failing> failing = new HashMap<>();

    /** How an observer fails. */
    enum Failing {
        BY_THROWING,
        AT_COMMIT
    }

    /** An event that the subscription requests. */
    record Stored(long position, String stream, long version) {

        private int slice() {
            return id(stream).slice();
        }
    }

    static StreamId id(String stream) {
        return StreamId.of(CATEGORY, stream);
    }

    void append(List<RecordedEvent> events) {
        events.forEach(
                event -> log.add(new Stored(event.position(), event.stream().id(), event.version())));
    }

    void poison(String stream, long version, Failing how) {
        failing.put(stream + version, how);
    }

    void heal() {
        failing.clear();
    }

    @Nullable
    Failing failing(String stream, long version) {
        return failing.get(stream + version);
    }

    boolean fails(Stored event) {
        return failing(event.stream(), event.version()) != null;
    }

    /** All events, in their order. */
    List<Stored> log() {
        return log;
    }

    private Stream<Stored> after(ModelState.Segment segment) {
        return log.stream()
                .filter(event -> event.position() > segment.position())
                .filter(event -> segment.first() <= event.slice() && event.slice() <= segment.last());
    }

    /** The next event of a segment. */
    Optional<Stored> next(ModelState.Segment segment) {
        return after(segment).findFirst();
    }

    /** The next events of a segment. */
    List<Stored> page(ModelState.Segment segment, long upTo, int size) {
        return after(segment)
                .filter(event -> event.position() <= upTo)
                .limit(size)
                .toList();
    }

    /** Whether there is an event between two positions. */
    boolean hasBetween(long one, long other) {
        return log.stream()
                .anyMatch(event -> Math.min(one, other) < event.position() && event.position() <= Math.max(one, other));
    }

    /** The position of the nth event, modulo the number of events; 0 if there is none. */
    long position(int number) {
        return log.isEmpty() ? 0 : log.get(number % log.size()).position();
    }

    /** The position of the last event; 0 if there is none. */
    long last() {
        return log.isEmpty() ? 0 : log.get(log.size() - 1).position();
    }
}
