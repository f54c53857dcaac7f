package org.meowmx.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import org.meowmx.RecordedEvent;
import org.meowmx.demo.domain.OrderEvent;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionRepositioned;

/** Version 2 of the shipping list, with the customers. It has an entity and a table of its own. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class CustomerShippingList {

    private static final String NEWEST = """
            select shipment from CustomerShipment shipment where shipment.shippedAt is not null
            order by shipment.shippedAt desc, shipment.orderId""";

    @PersistenceContext(unitName = "demo")
    EntityManager em;

    void add(
            @Observes @Subscribed(value = "shipping-list", version = 2) OrderEvent.Placed placed,
            RecordedEvent recorded) {
        em.persist(new CustomerShipment(recorded.stream().id(), placed.customer()));
    }

    void ship(
            @Observes @Subscribed(value = "shipping-list", version = 2) OrderEvent.Shipped shipped,
            RecordedEvent recorded) {
        em.find(CustomerShipment.class, recorded.stream().id()).ship(shipped.at());
    }

    void clear(@Observes SubscriptionRepositioned moved) {
        if (moved.subscription().equals("shipping-list@2")) {
            em.createQuery("delete from CustomerShipment").executeUpdate();
        }
    }

    /** The newest shipments. */
    @Transactional
    public List<CustomerShipment> newest(int limit) {
        return em.createQuery(NEWEST, CustomerShipment.class)
                .setMaxResults(limit)
                .getResultList();
    }
}
