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

/**
 * A read model: the list of shipments, filled from the events and readable by SQL. {@link CustomerShippingList} is its second
 * version.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class ShippingList {

    private static final String NEWEST = """
            select shipment from Shipment shipment order by shipment.shippedAt desc, shipment.orderId""";

    @PersistenceContext(unitName = "demo")
    EntityManager em;

    void add(@Observes @Subscribed("shipping-list") OrderEvent.Shipped shipped, RecordedEvent recorded) {
        em.persist(new Shipment(recorded.stream().id(), shipped.at()));
    }

    /** Empties the read model when the subscription is moved to another position, in the same transaction. */
    void clear(@Observes SubscriptionRepositioned moved) {
        if (moved.subscription().equals("shipping-list")) {
            em.createQuery("delete from Shipment").executeUpdate();
        }
    }

    /** The newest shipments. */
    @Transactional
    public List<Shipment> newest(int limit) {
        return em.createQuery(NEWEST, Shipment.class).setMaxResults(limit).getResultList();
    }
}
