package org.meowmx.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** The single row that describes the log itself. */
@Entity
@Table(name = "meowmx_log")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // some fields are for queries only
class StoredLog {

    /** The id of that row. */
    static final short ID = 1;

    @Id
    private short id;

    @Column(name = "log_id")
    private UUID logId;

    @Column(name = "schema_version")
    private int schemaVersion;

    protected StoredLog() {}
}
