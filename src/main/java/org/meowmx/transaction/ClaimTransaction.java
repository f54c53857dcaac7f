package org.meowmx.transaction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.meowmx.transaction.PlainSql.Query;

/**
 * A transaction of the library's own that may hold the claim of a subscription.
 *
 * <p>It is READ COMMITTED whatever the data source's default is. The high-water mark ignores snapshots, so a stricter
 * transaction would see the mark but not yet the events below it. PostgreSQL ends the session if this process stops sending
 * statements, so no other node waits for a frozen one.
 */
@ApplicationScoped
public class ClaimTransaction {

    private static final Query<String> LIMIT_STATEMENTS =
            new Query<>("select set_config('statement_timeout', '5s', true)", List.of(), row -> row.getString(1));

    private static final String READ_COMMITTED = "set transaction isolation level read committed";

    @Inject
    OwnTransaction own;

    @Inject
    TransactionTimeout timeout;

    @Inject
    Database database;

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    private final SessionLimits limits = new SessionLimits();

    /** Whether the sessions of the data source begin transactions at another level. False until one does. */
    private volatile boolean beginOtherwise;

    /** Creates the bean at start: on some servers only the application's own threads can look up its resources. */
    void start(@Observes Startup event) {}

    /** Runs work of the library under the default limits; see {@link OwnTransaction#run}. */
    public <T> T run(Supplier<T> work) {
        return run(TransactionLimits.DEFAULT.frozenAfter(), work);
    }

    /**
     * Reads for status and health, which have a time limit: PostgreSQL cancels a statement after 5 seconds (SQLSTATE 57014). So the
     * requests of probes and consoles do not pile up while a table is locked or the disk is slow.
     */
    public <T> T status(Supplier<T> read) {
        return run(() -> {
            if (database.isPostgreSql()) {
                PlainSql.query(em, LIMIT_STATEMENTS);
            }
            return read.get();
        });
    }

    /**
     * Runs code of the application, with a request context and under its own limits. The caller's transaction is suspended,
     * because JTA takes a timeout only outside of a transaction.
     */
    @ActivateRequestContext
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public <T> T run(TransactionLimits limits, Supplier<T> work) {
        return underTimeout(limits, () -> run(limits.frozenAfter(), work));
    }

    /**
     * As {@link #run(TransactionLimits, Supplier)}, with one round trip less.
     *
     * @param work receives the queries that set the limits. It must send them at the beginning of its first
     *     {@link Message}
     */
    @ActivateRequestContext
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public <T> T runWithLimits(TransactionLimits limits, Function<List<Query<?>>, T> work) {
        return underTimeout(limits, () -> begin(limits.frozenAfter(), work));
    }

    private <T> T underTimeout(TransactionLimits limits, Supplier<T> work) {
        if (limits.timeout() == null) {
            return work.get();
        }
        timeout.set(limits.timeout());
        try {
            return work.get();
        } finally {
            timeout.reset();
        }
    }

    private <T> T run(Duration frozenAfter, Supplier<T> work) {
        return begin(frozenAfter, first -> {
            first.forEach(query -> PlainSql.query(em, query));
            return work.get();
        });
    }

    /**
     * H2's default is READ COMMITTED already, and H2 has no such limits. On PostgreSQL, the queries that set the limits show the level
     * as well, so a data source whose sessions begin with READ COMMITTED needs no statement for it.
     */
    private <T> T begin(Duration frozenAfter, Function<List<Query<?>>, T> work) {
        if (!database.isPostgreSql()) {
            return own.run(() -> work.apply(List.of()));
        }
        if (!beginOtherwise) {
            try {
                return own.run(() -> work.apply(List.of(limits.query(frozenAfter))));
            } catch (SessionLimits.IsolationMismatch e) {
                beginOtherwise = true;
            }
        }
        return own.run(() -> {
            em.createNativeQuery(READ_COMMITTED).executeUpdate();
            return work.apply(List.of(limits.query(frozenAfter)));
        });
    }
}
