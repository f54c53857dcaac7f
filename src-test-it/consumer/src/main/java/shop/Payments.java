package shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.UUID;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

@ApplicationScoped
public class Payments {

    @Inject
    EventStore events;

    @PersistenceContext(unitName = "shop")
    EntityManager em;

    /** An order that is paid twice fails by the key of the table, and there is no second event. */
    @Transactional
    public void pay(UUID order, BigDecimal amount) {
        em.persist(new Payment(order.toString(), amount));
        events.append(
                StreamId.of("order", order), ExpectedVersion.streamExists(), NewEvent.of(new OrderEvent.Paid(amount)));
    }
}
