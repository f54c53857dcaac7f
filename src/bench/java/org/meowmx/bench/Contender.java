package org.meowmx.bench;

import java.util.List;

/** Something that stores events. It may be called by many threads, and each call ends with a commit. */
interface Contender {

    /** Its name in the table. */
    String name();

    /** Appends the first events of a stream. */
    void create(String stream, List<OrderPlaced> events);

    /** Appends after the last version of a stream, which counts from 1. */
    void append(String stream, long lastVersion, OrderPlaced event);

    /** The number of events that it has stored. */
    long stored();
}
