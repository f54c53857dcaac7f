package shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionRepositioned;

@ApplicationScoped
public class ShippingList {

    @PersistenceContext(unitName = "shop")
    EntityManager em;

    void add(@Observes @Subscribed("shipping-list") OrderEvent.Shipped shipped, RecordedEvent recorded) {
        em.persist(new Shipment(recorded.stream().id(), shipped.at()));
    }

    /** A replay fills the list anew. */
    void clear(@Observes SubscriptionRepositioned moved) {
        if (moved.subscription().equals("shipping-list")) {
            em.createQuery("delete from Shipment").executeUpdate();
        }
    }

    public List<Shipment> all() {
        return em.createQuery("select shipment from Shipment shipment", Shipment.class)
                .getResultList();
    }
}
