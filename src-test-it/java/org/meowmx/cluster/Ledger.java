package org.meowmx.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.meowmx.RecordedEvent;
import org.meowmx.Subscribed;
import org.meowmx.server.Sql;

/** Writes each event that it is given into a table, in the turn's transaction; takes a moment for each. */
@ApplicationScoped
class Ledger {

    static final String SUBSCRIPTION = "ledger";

    static final String TABLE = """
            create table ledger (number bigint generated always as identity primary key, event_id uuid not null,
                stream_id text not null, version bigint not null, position bigint not null, process bigint not null)""";

    private static final String INSERT =
            "insert into ledger (event_id, stream_id, version, position, process) values (?, ?, ?, ?, ?)";

    private static final long A_MOMENT = TimeUnit.MICROSECONDS.toNanos(500);

    @Inject
    Sql sql;

    void write(@Observes @Subscribed(SUBSCRIPTION) RecordedEvent event) {
        sql.update(
                INSERT,
                event.id(),
                event.stream().id(),
                event.version(),
                event.position(),
                ProcessHandle.current().pid());
        LockSupport.parkNanos(A_MOMENT);
    }
}
