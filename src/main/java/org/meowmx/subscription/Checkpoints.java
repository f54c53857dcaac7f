package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.meowmx.StreamId;

/** The checkpoints in the database. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Checkpoints {

    private static final String READ_COMMITTED = "set transaction isolation level read committed";

    private static final String CREATE = """
            insert into meowmx_checkpoints (subscription, first_slice, last_slice, position, lock_version)
            values (:subscription, 0, :lastSlice, 0, 0)
            on conflict do nothing""";

    private static final String EXISTS = """
            select count(*) from Checkpoint checkpoint where checkpoint.key.subscription = :subscription""";

    private static final String CLAIM = """
            select * from meowmx_checkpoints where subscription = :subscription for update skip locked""";

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    /** Creates the checkpoint of a new subscription at the beginning of the log; leaves an old one as it is. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void create(String subscription) {
        long known = em.createQuery(EXISTS, Long.class)
                .setParameter("subscription", subscription)
                .getSingleResult();
        if (known > 0) {
            return;
        }
        em.createNativeQuery(CREATE)
                .setParameter("subscription", subscription)
                .setParameter("lastSlice", StreamId.SLICES - 1)
                .executeUpdate();
    }

    /** Claims a checkpoint as the first thing of a transaction; empty when another transaction holds it. */
    Optional<Checkpoint> claim(String subscription) {
        if (onPostgreSql()) {
            em.createNativeQuery(READ_COMMITTED).executeUpdate();
        }
        List<?> rows = em.createNativeQuery(CLAIM, Checkpoint.class)
                .setParameter("subscription", subscription)
                .getResultList();
        return rows.stream().map(Checkpoint.class::cast).findFirst();
    }

    private boolean onPostgreSql() {
        return em.unwrap(Session.class)
                .doReturningWork(connection -> connection.getMetaData().getDatabaseProductName())
                .equals("PostgreSQL");
    }
}
