package org.meowmx.storage;

import io.hypersistence.utils.hibernate.type.json.JsonType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.Type;
import org.meowmx.StreamId;

/** An event as a row. Written through this class on H2 only; PostgreSQL has its append statement. */
@Entity
@Immutable
@Table(name = "meowmx_events")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // some fields are for queries only
class StoredEvent {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long position;

    @Column(name = "event_id")
    private UUID eventId;

    private String category;

    @Column(name = "stream_id")
    private String streamId;

    private long version;

    private short slice;

    private String type;

    @Type(JsonType.class)
    @Column(columnDefinition = "jsonb")
    private String data;

    @Type(JsonType.class)
    @Column(columnDefinition = "jsonb")
    private String metadata;

    @Column(name = "recorded_at")
    private Instant recordedAt;

    protected StoredEvent() {}

    StoredEvent(StreamId stream, long version, Batch.Event event, Instant recordedAt) {
        this.eventId = event.id();
        this.category = stream.category();
        this.streamId = stream.id();
        this.version = version;
        this.slice = (short) stream.slice();
        this.type = event.content().type();
        this.data = event.content().data();
        this.metadata = event.content().metadata();
        this.recordedAt = recordedAt;
    }

    Place place() {
        return new Place(position, version, recordedAt);
    }
}
