package shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.Subscribed;

@ApplicationScoped
public class Audit {

    private final Map<String, Long> types = new ConcurrentSkipListMap<>();

    /** Every type, also those that have no class here. */
    void note(@Observes @Subscribed(value = "audit", category = "order") RecordedEvent event) {
        types.merge(event.type(), 1L, Long::sum);
    }

    /** How many events of each type this node has seen. */
    public Map<String, Long> types() {
        return types;
    }
}
