package shop.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.stream.Stream;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.Subscribed;

@ApplicationScoped
public class Notes {

    @EventType("note-written")
    public record Written(String text) {}

    private static final String COUNT = """
            insert into note_count values (:tenant, 1)
            on conflict (tenant) do update set number = note_count.number + 1""";

    @Inject
    EventStore events;

    @PersistenceContext(unitName = "shop")
    EntityManager em;

    @Transactional
    public void write(Tenant tenant, String id, String text) {
        events.append(tenant.stream("note", id), ExpectedVersion.any(), NewEvent.of(new Written(text)));
    }

    public List<Written> read(Tenant tenant, String id) {
        return events.read(tenant.stream("note", id)).as(Written.class);
    }

    /** All notes of a tenant, in the order in which they were written. */
    public List<String> all(Tenant tenant) {
        try (Stream<RecordedEvent> notes = events.scan(LogQuery.category(tenant.category("note")))) {
            return notes.map(note -> note.as(Written.class).text()).toList();
        }
    }

    /** One subscription for all tenants. */
    void count(@Observes @Subscribed("note-count") Written written, RecordedEvent recorded) {
        String tenant = Tenant.of(recorded.stream()).orElseThrow().name();
        em.createNativeQuery(COUNT).setParameter("tenant", tenant).executeUpdate();
    }
}
