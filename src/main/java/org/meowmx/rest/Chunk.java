package org.meowmx.rest;

import java.util.ArrayList;
import java.util.List;

/** The events of an import that are stored together, all or none. */
final class Chunk {

    private static final int MOST_EVENTS = 1_000;
    private static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    private final List<CloudEvent> events = new ArrayList<>();
    private int characters;

    void add(String line) {
        events.add(CloudEvent.parse(line));
        characters += line.length();
    }

    boolean isFull() {
        return events.size() >= MOST_EVENTS || characters >= MOST_CHARACTERS;
    }

    List<CloudEvent> events() {
        return events;
    }
}
