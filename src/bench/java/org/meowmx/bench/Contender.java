package org.meowmx.bench;

import java.util.List;

/** Something that stores events; its calls may come from many threads, and each ends with a commit. */
interface Contender {

    /** How it is called in the table. */
    String name();

    /** Appends the first events of a stream. */
    void create(String stream, List<OrderPlaced> events);

    /** Appends behind the last version of a stream, counted from 1. */
    void append(String stream, long lastVersion, OrderPlaced event);

    /** How many events it has stored. */
    long stored();
}
