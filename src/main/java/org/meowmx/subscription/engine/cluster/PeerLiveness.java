package org.meowmx.subscription.engine.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the count of each instance was last seen to go on, by the observer's own clock that does not jump: no clock of another
 * machine has a say in who is alive. An instance that was never seen before counts as alive.
 */
final class PeerLiveness {

    private final Map<UUID, Pulse> seen = new ConcurrentHashMap<>();

    private record Pulse(long beat, long sinceNanos) {}

    /** Notes the count of an instance. */
    void see(UUID instance, long beat, long nanos) {
        seen.compute(instance, (id, known) -> known == null || known.beat != beat ? new Pulse(beat, nanos) : known);
    }

    /** Whether an instance has not been silent for so long. */
    boolean isAlive(UUID instance, Duration silence, long nanos) {
        Pulse known = seen.get(instance);
        return known == null || nanos - known.sinceNanos < silence.toNanos();
    }

    void forget(UUID instance) {
        seen.remove(instance);
    }
}
