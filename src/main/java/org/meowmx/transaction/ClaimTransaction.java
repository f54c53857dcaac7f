package org.meowmx.transaction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import org.hibernate.Session;

/**
 * A transaction of the library's own that may hold the claim of a subscription.
 *
 * <p>It is READ COMMITTED whatever the data source's default is. The high-water mark ignores snapshots, so a stricter
 * transaction would see the mark but not yet the events below it. PostgreSQL ends the session if this process stops sending
 * statements, so no other node waits for a frozen one.
 */
@ApplicationScoped
public class ClaimTransaction {

    private static final String LIMIT_STATEMENTS = "set local statement_timeout = '5s'";

    @Inject
    OwnTransaction own;

    @Inject
    TransactionTimeout timeout;

    @Inject
    Database database;

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    private final SessionLimits limits = new SessionLimits();

    /** Creates the bean at start: on some servers only the application's own threads can look up what it needs. */
    void start(@Observes Startup event) {}

    /** Runs work of the library under the default limits; see {@link OwnTransaction#run}. */
    public <T> T run(Supplier<T> work) {
        return run(TransactionLimits.DEFAULT.frozenAfter(), work);
    }

    /**
     * Reads for status and health, which have a time limit: PostgreSQL cancels a statement after 5 seconds (SQLSTATE 57014). So
     * neither probes nor consoles pile up while a table is locked or the disk is slow.
     */
    public <T> T status(Supplier<T> read) {
        return run(() -> {
            if (database.isPostgreSql()) {
                em.unwrap(Session.class).doWork(ClaimTransaction::limitStatements);
            }
            return read.get();
        });
    }

    private static void limitStatements(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LIMIT_STATEMENTS);
        }
    }

    /**
     * Runs code of the application, with a request context and under its own limits. The caller's transaction is suspended,
     * because JTA takes a timeout only outside of a transaction.
     */
    @ActivateRequestContext
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public <T> T run(TransactionLimits limits, Supplier<T> work) {
        if (limits.timeout() == null) {
            return run(limits.frozenAfter(), work);
        }
        timeout.set(limits.timeout());
        try {
            return run(limits.frozenAfter(), work);
        } finally {
            timeout.reset();
        }
    }

    /** H2's default is READ COMMITTED already, and H2 has no such settings. */
    private <T> T run(Duration frozenAfter, Supplier<T> work) {
        return own.run(() -> {
            if (database.isPostgreSql()) {
                em.unwrap(Session.class).doWork(connection -> limits.set(connection, frozenAfter));
            }
            return work.get();
        });
    }
}
