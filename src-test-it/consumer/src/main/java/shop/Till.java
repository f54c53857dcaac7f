package shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.math.BigDecimal;
import java.util.concurrent.atomic.LongAdder;
import org.meowmx.Appended;
import org.meowmx.EventsAppended;

@ApplicationScoped
public class Till {

    private static final BigDecimal LIMIT = new BigDecimal(10_000);

    private final LongAdder appended = new LongAdder();

    /** An exception fails the append. */
    void check(@Observes @Appended OrderEvent.Placed placed) {
        if (placed.total().compareTo(LIMIT) > 0) {
            throw new IllegalArgumentException("a total of " + placed.total() + " is beyond the limit");
        }
    }

    void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) EventsAppended notification) {
        appended.add(notification.events().size());
    }

    /** How many events this node has appended. */
    public long appended() {
        return appended.sum();
    }
}
