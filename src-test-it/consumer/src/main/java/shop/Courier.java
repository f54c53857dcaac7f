package shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.Subscribed;

/** Picks up what is ordered; while nobody answers, the subscription keeps trying. */
@ApplicationScoped
public class Courier {

    private volatile boolean away;

    @PersistenceContext(unitName = "shop")
    EntityManager em;

    public void leave() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    void call(@Observes @Subscribed("courier") OrderEvent.Placed placed, RecordedEvent recorded) {
        em.persist(new Pickup(recorded.stream().id()));
        em.flush(); // so that there is something to roll back
        if (away) {
            throw new IllegalStateException("nobody answers");
        }
    }
}
