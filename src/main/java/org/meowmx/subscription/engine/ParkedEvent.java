package org.meowmx.subscription.engine;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;

/** A parked event of a subscription, as a row. */
@Entity
@Table(name = "meowmx_parked_events")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // some fields are for queries only
class ParkedEvent {

    /** The key of a parked event. */
    @Embeddable
    record Key(String subscription, long position) {}

    @EmbeddedId
    private Key key;

    private String category;

    @Column(name = "stream_id")
    private String streamId;

    private long version;

    private @Nullable String failure;

    @Column(name = "parked_at")
    private Instant parkedAt;

    private boolean replay;

    protected ParkedEvent() {}

    ParkedEvent(String subscription, RecordedEvent event, boolean replay, @Nullable String failure, Instant parkedAt) {
        this.key = new Key(subscription, event.position());
        this.category = event.stream().category();
        this.streamId = event.stream().id();
        this.version = event.version();
        this.failure = failure;
        this.parkedAt = parkedAt;
        this.replay = replay;
    }

    long version() {
        return version;
    }

    /** Whether the event was parked during a replay. Then its retry is a replay, too. */
    boolean isReplay() {
        return replay;
    }
}
