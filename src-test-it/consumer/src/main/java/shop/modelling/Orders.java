package shop.modelling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.meowmx.aggregate.Decider;
import org.meowmx.aggregate.Repositories;
import org.meowmx.aggregate.Repository;
import org.meowmx.retry.RetriedOnConflict;
import shop.OrderEvent;
import shop.modelling.OrderCommand.Place;
import shop.modelling.OrderCommand.Ship;

@ApplicationScoped
public class Orders {

    @Inject
    Repository<OrderCommand, Order, OrderEvent> orders;

    @Produces
    @ApplicationScoped
    static Repository<OrderCommand, Order, OrderEvent> repository(Repositories repositories) {
        return repositories.of("order", OrderEvent.class, Decider.of(Order.NONE, Order::decide, Order::evolve));
    }

    @Transactional
    public void place(UUID id, String customer, BigDecimal total) {
        orders.update(id, new Place(customer, total));
    }

    @RetriedOnConflict
    @Transactional
    public void ship(UUID id) {
        orders.update(id, new Ship(Instant.now()));
    }
}
