package org.meowmx.subscription.engine;

import static java.util.stream.Collectors.toSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.Database;

/** Which transactions of the database have held claims of subscriptions for long, on whatever node or tool they run. */
@ApplicationScoped
public class HeldClaims {

    /**
     * Who has locked a row is written in the row itself, as xmax; a prepared transaction has no session. A lock that was given
     * back leaves its xmax, but then no such transaction is running. When a session of another role began is hidden from a
     * role without pg_read_all_stats.
     */
    private static final String HOLDERS = """
            select checkpoint.subscription as subscription, holding.pid as process,
                   coalesce(activity.application_name, '') as application,
                   coalesce(activity.xact_start, prepared.prepared, clock_timestamp()) as since, prepared.gid as gid,
                   cast(checkpoint.xmax as text) as transaction, clock_timestamp() as now
            from meowmx_checkpoints checkpoint
            join pg_locks holding on holding.locktype = 'transactionid' and holding.granted
                 and holding.transactionid = checkpoint.xmax
            left join pg_stat_activity activity on activity.pid = holding.pid
            left join pg_prepared_xacts prepared on prepared.transaction = checkpoint.xmax""";

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    ClaimTransaction transactions;

    @Inject
    Database database;

    /** When the holders of the moment began, or else were seen first, by transaction. */
    private final Map<String, Instant> began = new HashMap<>();

    /**
     * A transaction that holds the claim of at least one segment.
     *
     * @param subscription whose
     * @param pid the database's process id of its session; null for a prepared transaction
     * @param application the session's application name; empty when it has none or may not be seen
     * @param since when the transaction began, or was prepared; when it was first seen, if that is hidden from this role
     * @param gid the global id of a prepared transaction; else null
     */
    public record Holder(
            String subscription,
            @Nullable Integer pid,
            String application,
            Instant since,
            @Nullable String gid) {}

    /** The oldest holder for each subscription, of those that have been at it for longer than this; none on H2. */
    public List<Holder> longerThan(Duration age) {
        List<Object[]> rows = transactions.run(() -> database.isPostgreSql() ? read() : List.of());
        return older(age, rows);
    }

    private List<Object[]> read() {
        List<?> rows = em.createNativeQuery(HOLDERS)
                .unwrap(NativeQuery.class)
                .addScalar("subscription", String.class)
                .addScalar("process", Integer.class)
                .addScalar("application", String.class)
                .addScalar("since", Instant.class)
                .addScalar("gid", String.class)
                .addScalar("transaction", String.class)
                .addScalar("now", Instant.class)
                .getResultList();
        return rows.stream().map(Object[].class::cast).toList();
    }

    private synchronized List<Holder> older(Duration age, List<Object[]> rows) {
        began.keySet().retainAll(rows.stream().map(row -> (String) row[5]).collect(toSet()));
        Map<String, Holder> oldest = new TreeMap<>();
        for (Object[] row : rows) {
            Instant since = began.computeIfAbsent((String) row[5], transaction -> (Instant) row[3]);
            if (Duration.between(since, (Instant) row[6]).compareTo(age) > 0) {
                Holder holder = new Holder((String) row[0], (Integer) row[1], (String) row[2], since, (String) row[4]);
                oldest.merge(holder.subscription(), holder, HeldClaims::older);
            }
        }
        return List.copyOf(oldest.values());
    }

    private static Holder older(Holder one, Holder other) {
        return one.since().isAfter(other.since()) ? other : one;
    }
}
