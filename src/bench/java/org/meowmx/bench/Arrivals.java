package org.meowmx.bench;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.Subscribed;

/** The time at which the event of each stream arrived at its handler, by {@link System#nanoTime}. */
@ApplicationScoped
class Arrivals {

    private final Map<String, Long> nanos = new ConcurrentHashMap<>();

    void see(@Observes @Subscribed("arrivals") RecordedEvent event) {
        arrived(event.stream().id());
    }

    void arrived(String stream) {
        nanos.put(stream, System.nanoTime());
    }

    /** The times so far, by stream. */
    Map<String, Long> seen() {
        return nanos;
    }
}
