package org.meowmx.subscription.engine.cluster;

import jakarta.persistence.EntityManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.PlainSql;

/**
 * Signals between nodes that events were appended, by PostgreSQL's NOTIFY. A signal only wakes a poller: if it is lost,
 * the next regular poll finds the event.
 *
 * <p>NOTIFY takes a lock of the whole cluster at commit, and a transaction with NOTIFY cannot be prepared for XA. So it
 * is never part of an append's transaction. It has a transaction of its own after the commit.
 */
public final class Signals {

    private static final Logger LOG = System.getLogger(Signals.class.getName());

    private static final String CHANNEL =
            "select 'meowmx_' || cast(cast(cast('meowmx_events' as regclass) as oid) as text)";

    /** The commit does not wait for the disk, because the transaction has nothing that a crash could lose. */
    private static final String SEND = """
            select set_config('synchronous_commit', 'off', true), pg_notify(?, ?)""";

    private static final String OFF =
            "A connection pooler in transaction mode is between jdbc/meowmx and PostgreSQL, so this node cannot receive the signals of other nodes. It neither listens nor signals until the next start, and polling finds the events of other nodes, every %s. Set meowmx.subscription.notify=false, or connect jdbc/meowmx to PostgreSQL directly";

    private final EntityManager em;
    private final OwnTransaction ownTransaction;
    private final Database database;
    private final Node node;
    private final SubscriptionRegistry registry;
    private volatile boolean off;

    public Signals(
            EntityManager em,
            OwnTransaction ownTransaction,
            Database database,
            Node node,
            SubscriptionRegistry registry) {
        this.em = em;
        this.ownTransaction = ownTransaction;
        this.database = database;
        this.node = node;
        this.registry = registry;
    }

    /**
     * The channel of this log, whose name contains the oid of its table; empty if the database has no NOTIFY or the
     * configuration switches it off.
     */
    public Optional<String> channel() {
        return ownTransaction.run(() -> registry.node().notifying() && database.isPostgreSql()
                ? Optional.of((String) em.createNativeQuery(CHANNEL).getSingleResult())
                : Optional.empty());
    }

    /** Signals the other nodes, in a transaction of its own, unless a pooler makes signals useless. */
    public void send(String channel) {
        if (off) {
            return;
        }
        List<String> values = List.of(channel, node.instance().toString());
        ownTransaction.run(() -> PlainSql.query(em, SEND, values, row -> row.getString(1)));
    }

    /**
     * Switches signals off if the connection that would listen shares its session with other connections. LISTEN would then belong
     * to a session of the pooler: this connection would receive nothing, and others would collect notifications that nobody reads.
     */
    boolean switchOffIfShared(Connection listening) throws SQLException {
        off = Session.of(listening).isShared(listening, this::otherSession);
        if (off) {
            LOG.log(Level.WARNING, OFF.formatted(registry.node().pollInterval()));
        }
        return off;
    }

    private Session otherSession() {
        return ownTransaction.run(() -> em.unwrap(org.hibernate.Session.class).doReturningWork(Session::of));
    }

    /** Whether this node has sent a signal itself. */
    boolean isOwn(String sender) {
        return sender.equals(node.instance().toString());
    }

    /**
     * The data source for the listener's connection, which is used outside of JTA; empty if the persistence unit has
     * none.
     */
    public Optional<DataSource> dataSource() {
        return database.dataSource();
    }
}
