package org.meowmx.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** The columns of an event that JPQL queries name. Events themselves are written and read with {@link EventColumns}. */
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

    @Column(name = "recorded_at")
    private Instant recordedAt;

    protected StoredEvent() {}
}
