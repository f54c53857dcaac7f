package org.meowmx;

import java.util.List;

/**
 * The notification that a transaction of this node has added events to the log. It is fired as a CDI event after the commit, once per
 * transaction, in the thread that committed. A transaction that is rolled back fires nothing.
 *
 * <p>It is a hint, for example to refresh a cache or to wake a thread: a node that crashes after its commit never fires it, and an
 * append of another node fires it only on that node. To handle every event, use a subscription. An exception of an observer is logged
 * and does not affect the append.
 *
 * @param streams the added events by stream; a stream may occur several times
 */
public record LogGrowth(List<Added> streams) {

    /**
     * Events that one append has added to one stream.
     *
     * @param stream the stream
     * @param type the type of the first of these events
     */
    public record Added(StreamId stream, String type) {}

    public LogGrowth {
        streams = List.copyOf(streams);
    }
}
