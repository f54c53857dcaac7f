package org.meowmx.subscription.engine.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The times at which the heartbeat counter of each peer last moved, by the observer's own monotonic clock. The clocks
 * of other machines do not matter. A new peer is regarded as alive.
 */
final class PeerLiveness {

    private final Map<UUID, Counter> seen = new ConcurrentHashMap<>();

    private record Counter(long value, long sinceNanos) {}

    /**
     * Records the counter of a peer.
     *
     * @param nanos the current time
     */
    void observe(UUID instance, long value, long nanos) {
        seen.compute(
                instance, (id, known) -> known == null || known.value != value ? new Counter(value, nanos) : known);
    }

    /** Whether the counter of a peer has moved within a time. */
    boolean isAlive(UUID instance, Duration silence, long nanos) {
        Counter known = seen.get(instance);
        return known == null || nanos - known.sinceNanos < silence.toNanos();
    }

    void forget(UUID instance) {
        seen.remove(instance);
    }
}
