package org.meowmx.storage;

import io.hypersistence.utils.hibernate.type.json.JsonType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.Type;

/**
 * An event as a row, for JPQL queries. It cannot be written through this class: {@link EventColumns} binds and reads the
 * columns of appends and pages.
 */
@Entity
@Immutable
@Table(name = "meowmx_events")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // the fields are for queries only
class StoredEvent {

    @Id
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
}
