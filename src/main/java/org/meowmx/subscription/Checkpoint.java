package org.meowmx.subscription;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** How far a subscription has read, as a row; its row lock is the claim of the worker whose turn it is. */
@Entity
@Table(name = "meowmx_checkpoints")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // some fields are for queries only
class Checkpoint {

    /** The key of a checkpoint. */
    @Embeddable
    record Key(
            String subscription,
            @Column(name = "first_slice") short firstSlice) {}

    @EmbeddedId
    private Key key;

    @Column(name = "last_slice")
    private short lastSlice;

    private long position;

    @Version
    @Column(name = "lock_version")
    private long lockVersion;

    protected Checkpoint() {}

    /** Every event at or below it is handled. */
    long position() {
        return position;
    }

    void advanceTo(long handled) {
        position = Math.max(position, handled);
    }
}
