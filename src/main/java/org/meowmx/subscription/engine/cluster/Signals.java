package org.meowmx.subscription.engine.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.PlainSql;

/**
 * Word from node to node that something was appended, by PostgreSQL's NOTIFY. It is only a wake-up call: a lost one costs the
 * time until the next tick.
 *
 * <p>NOTIFY takes a lock of the whole cluster at commit, and forbids XA to prepare; it is therefore never issued in an append's
 * transaction but in one of its own, after the commit.
 */
@ApplicationScoped
public class Signals {

    private static final String CHANNEL =
            "select 'meowmx_' || cast(cast(cast('meowmx_events' as regclass) as oid) as text)";

    /** Its commit does not wait for the disk: there is nothing in it that a crash could lose. */
    private static final String SEND = """
            select set_config('synchronous_commit', 'off', true), pg_notify(?, ?)""";

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    OwnTransaction transaction;

    @Inject
    Database database;

    @Inject
    Node node;

    @Inject
    SubscriptionRegistry catalog;

    /** The channel of this log, which has its table's number in its name; empty where there is no NOTIFY, or it is off. */
    @Transactional
    public Optional<String> channel() {
        return catalog.node().notifying() && database.isPostgreSql()
                ? Optional.of((String) em.createNativeQuery(CHANNEL).getSingleResult())
                : Optional.empty();
    }

    /** Tells the other nodes. */
    void send(String channel) {
        List<String> values = List.of(channel, node.instance().toString());
        transaction.run(() -> PlainSql.query(em, SEND, values, row -> row.getString(1)));
    }

    /** Whether a signal was this node's own. */
    boolean isOwn(String sender) {
        return sender.equals(node.instance().toString());
    }

    /** The data source of the persistence unit, for a connection that is kept outside of JTA. */
    public Optional<DataSource> dataSource() {
        return database.dataSource();
    }
}
