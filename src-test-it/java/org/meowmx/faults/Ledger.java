package org.meowmx.faults;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.hibernate.Session;
import org.meowmx.RecordedEvent;
import org.meowmx.anomalies.LedgerEntry.Handled;
import org.meowmx.anomalies.LogEntry;
import org.meowmx.subscription.SubscriptionRepositioned;

/** Records each event that a subscription receives: in a table, in the turn's transaction, and then outside of the database. */
@ApplicationScoped
class Ledger {

    static final String TABLE = """
            create table ledger (number bigint generated always as identity primary key, subscription text not null,
                event_id uuid, stream text, version bigint, position bigint not null, segment integer, checkpoint bigint,
                turn text not null, parked boolean, process bigint not null)""";

    /** Reads the claimed checkpoint as it was at the beginning of the turn, because the turn has not written it yet. */
    private static final String NOTE = """
            insert into ledger (subscription, event_id, stream, version, position, segment, checkpoint, turn, parked, process)
            select subscription, ?, ?, ?, given.position, first_slice, checkpoint.position, ?,
                   exists (select 1 from meowmx_parked_events parked
                           where parked.subscription = checkpoint.subscription and parked.position = given.position), ?
            from meowmx_checkpoints checkpoint, (values (cast(? as bigint))) as given (position)
            where subscription = ? and ? between first_slice and last_slice
            returning segment, checkpoint, parked""";

    private static final String BEGIN_ANEW =
            "insert into ledger (subscription, position, turn, process) values (?, ?, ?, ?)";

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transaction;

    @Inject
    OutsideFile outside;

    @Inject
    Breakpoint breakpoint;

    void write(String subscription, RecordedEvent event) {
        breakpoint.reached(Breakpoint.Place.HANDLER);
        // not a Hibernate query, because it would flush the changes that the turn has not written yet
        Handled note = em.unwrap(Session.class).doReturningWork(connection -> note(connection, subscription, event));
        outside.add(subscription, note);
        breakpoint.reached(Breakpoint.Place.OUTSIDE_EFFECT);
        breakpoint.beforeCommit(transaction);
    }

    private Handled note(Connection connection, String subscription, RecordedEvent event) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
            statement.setObject(1, event.id());
            statement.setString(2, event.stream().toString());
            statement.setLong(3, event.version());
            statement.setString(4, turn());
            statement.setLong(5, ProcessHandle.current().pid());
            statement.setLong(6, event.position());
            statement.setString(7, subscription);
            statement.setInt(8, event.stream().slice());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                LogEntry entry = new LogEntry(event.id(), event.stream().toString(), event.version(), event.position());
                return new Handled(entry, row.getInt(1), row.getLong(2), turn(), row.getBoolean(3));
            }
        }
    }

    private String turn() {
        return transaction.getTransactionKey().toString();
    }

    void beginAnew(@Observes SubscriptionRepositioned moved) {
        em.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(BEGIN_ANEW)) {
                statement.setString(1, moved.subscription());
                statement.setLong(2, moved.position());
                statement.setString(3, turn());
                statement.setLong(4, ProcessHandle.current().pid());
                statement.executeUpdate();
            }
        });
    }
}
