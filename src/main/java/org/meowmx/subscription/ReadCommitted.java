package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a transaction of its own that is READ COMMITTED whatever the data source begins with: the high-water mark
 * ignores snapshots, so a stricter transaction would see the mark but not yet the events below it.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class ReadCommitted {

    private static final String SET = "set transaction isolation level read committed";

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    private volatile @Nullable Boolean postgreSql;

    /** Runs it; anything thrown rolls it back. */
    @Transactional(value = Transactional.TxType.REQUIRES_NEW, rollbackOn = Throwable.class)
    public <T> T run(Supplier<T> work) {
        if (onPostgreSql()) {
            em.createNativeQuery(SET).executeUpdate();
        }
        return work.get();
    }

    /** H2's default is read committed, and it has no such statement. */
    private boolean onPostgreSql() {
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
