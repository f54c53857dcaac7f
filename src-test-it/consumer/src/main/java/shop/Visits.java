package shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionRepositioned;

@Path("visits")
@ApplicationScoped
public class Visits {

    /** Only if the application has none yet. */
    @ApplicationPath("api")
    public static class Api extends Application {}

    @EventType("page-visited")
    public record Visited(String page) {}

    private static final String COUNT = """
            insert into visits values (:page, 1)
            on conflict (page) do update set number = visits.number + 1""";

    private static final String COUNTS = """
            select cast(coalesce(json_object_agg(page, number), '{}') as text) from visits""";

    @Inject
    EventStore events;

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @POST
    @Path("{page}")
    @Transactional
    public void visit(@PathParam("page") String page) {
        events.append(StreamId.of("page", page), ExpectedVersion.any(), NewEvent.of(new Visited(page)));
    }

    /** Called once for every event, in the transaction that remembers how far it has come. */
    void count(@Observes @Subscribed("visits") Visited visited) {
        em.createNativeQuery(COUNT).setParameter("page", visited.page()).executeUpdate();
    }

    /** A replay fills the table anew. */
    void clear(@Observes SubscriptionRepositioned moved) {
        if (moved.subscription().equals("visits")) {
            em.createNativeQuery("delete from visits").executeUpdate();
        }
    }

    @GET
    @Produces("application/json")
    public String counts() {
        return (String) em.createNativeQuery(COUNTS).getSingleResult();
    }
}
