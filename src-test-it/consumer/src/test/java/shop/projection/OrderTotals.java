package shop.projection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.meowmx.RecordedEvent;
import org.meowmx.projection.ProjectionSwitched;
import org.meowmx.subscription.Subscribed;
import shop.OrderEvent;

/** Two versions of a read model, each with a table. Readers see one view. */
@ApplicationScoped
public class OrderTotals {

    private static final String FIRST = """
            insert into order_totals_1 (order_id, total) values (:id, :total)""";

    private static final String SECOND = """
            insert into order_totals_2 (order_id, total, customer) values (:id, :total, :customer)""";

    private static final String VIEW = """
            create or replace view order_totals as select order_id, total from order_totals_%d""";

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    void first(@Observes @Subscribed("order-totals") OrderEvent.Placed placed, RecordedEvent recorded) {
        em.createNativeQuery(FIRST)
                .setParameter("id", recorded.stream().id())
                .setParameter("total", placed.total())
                .executeUpdate();
    }

    void second(
            @Observes @Subscribed(value = "order-totals", version = 2) OrderEvent.Placed placed,
            RecordedEvent recorded) {
        em.createNativeQuery(SECOND)
                .setParameter("id", recorded.stream().id())
                .setParameter("total", placed.total())
                .setParameter("customer", placed.customer())
                .executeUpdate();
    }

    /** The view changes in the transaction of the switch. */
    void replaceView(@Observes ProjectionSwitched switched) {
        if (switched.projection().equals("order-totals")) {
            em.createNativeQuery(VIEW.formatted(switched.to())).executeUpdate();
        }
    }
}
