package org.meowmx.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.meowmx.StreamId;

/** A stream and its version as a row. */
@Entity
@Table(name = "meowmx_streams")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // some fields are for queries only
class StoredStream {

    /** The key of a stream. */
    @Embeddable
    record Key(String category, @Column(name = "stream_id") String streamId) {

        static Key of(StreamId stream) {
            return new Key(stream.category(), stream.id());
        }
    }

    @EmbeddedId
    private Key key;

    private long version;

    protected StoredStream() {}

    StoredStream(StreamId stream) {
        this.key = Key.of(stream);
    }

    long version() {
        return version;
    }

    void advance(int events) {
        version += events;
    }
}
