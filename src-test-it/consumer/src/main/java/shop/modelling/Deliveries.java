package shop.modelling;

import static jakarta.transaction.Transactional.TxType.NOT_SUPPORTED;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.ExpectedVersion;
import org.meowmx.IdempotencyKey;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

@ApplicationScoped
public class Deliveries {

    @EventType("parcel-delivered")
    public record Delivered(String recipient) {}

    @Inject
    EventStore events;

    /** Returns after the commit. A message that is delivered again stores nothing. */
    @Transactional(NOT_SUPPORTED)
    public void received(String messageId, String parcel, String recipient) {
        StreamId stream = StreamId.of("parcel", parcel);
        UUID id = IdempotencyKey.of(messageId).eventId(stream, 0);
        events.append(
                stream,
                ExpectedVersion.any(),
                NewEvent.of(new Delivered(recipient)).withId(id));
    }
}
