package shop.modelling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.meowmx.aggregate.Repository;
import org.meowmx.retry.RetriedOnConflict;
import org.meowmx.retry.Retry;
import shop.OrderEvent;
import shop.modelling.OrderCommand.Ship;

/** Ships without a transaction of its own: each append is one, and many appends share one. */
@ApplicationScoped
public class Warehouse {

    @Inject
    Repository<OrderCommand, Order, OrderEvent> orders;

    @Inject
    Retry retry;

    @RetriedOnConflict
    public void ship(UUID id) {
        orders.update(id, new Ship(Instant.now()));
    }

    /** Each order in a transaction that the call begins and repeats. */
    public void ship(List<UUID> ids, Instant now) {
        for (UUID id : ids) {
            retry.onConflict(() -> orders.update(id, new Ship(now)));
        }
    }
}
