package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.meowmx.transaction.OwnTransaction;

/**
 * Runs work in a transaction of its own that is READ COMMITTED whatever the data source begins with: the high-water mark
 * ignores snapshots, so a stricter transaction would see the mark but not yet the events below it. PostgreSQL ends it when this
 * process falls silent, so that nobody waits for a frozen node.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class ReadCommitted {

    /** The limits are in milliseconds; a node that exceeds them loses its session, and with it the claims that it holds. */
    private static final String SET = """
            set transaction isolation level read committed;
            set local idle_in_transaction_session_timeout = %1$s;
            set local tcp_user_timeout = %1$s""";

    @Inject
    OwnTransaction transaction;

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    private volatile @Nullable Boolean postgreSql;

    /** Runs it, with the usual limit of silence. */
    <T> T run(Supplier<T> work) {
        return run(TurnLimits.FROZEN_AFTER, work);
    }

    /**
     * Runs it; anything thrown rolls it back, and what is not committed is thrown.
     *
     * @param frozenAfter how long the process may be silent towards the database, as when it is frozen or cut off, before the
     *     database ends the transaction by itself
     */
    <T> T run(Duration frozenAfter, Supplier<T> work) {
        return transaction.run(() -> afterSetting(SET.formatted(frozenAfter.toMillis()), work));
    }

    private <T> T afterSetting(String settings, Supplier<T> work) {
        if (onPostgreSql()) {
            em.unwrap(Session.class).doWork(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(settings);
                }
            });
        }
        return work.get();
    }

    /** H2's default is read committed, and it has no such statement. */
    boolean onPostgreSql() {
        Boolean known = postgreSql;
        if (known == null) {
            known = em.unwrap(Session.class)
                    .doReturningWork(connection -> connection.getMetaData().getDatabaseProductName())
                    .equals("PostgreSQL");
            postgreSql = known;
        }
        return known;
    }
}
