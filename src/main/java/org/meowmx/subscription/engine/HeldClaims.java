package org.meowmx.subscription.engine;

import static java.util.stream.Collectors.toSet;

import jakarta.persistence.EntityManager;
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

/** Finds database transactions that have held the claim of a segment for a long time, on any node or in any tool. */
public final class HeldClaims {

    /**
     * PostgreSQL stores the transaction that locks a row in the row itself, as xmax. A released lock leaves its xmax,
     * but then no transaction of that id is running. A prepared transaction has no session. A role without
     * pg_read_all_stats cannot see when the session of another role began its transaction.
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

    private final EntityManager em;
    private final ClaimTransaction claimTransaction;
    private final Database database;

    /** The time at which each current holder began, or was first seen, by transaction id. */
    private final Map<String, Instant> began = new HashMap<>();

    HeldClaims(EntityManager em, ClaimTransaction claimTransaction, Database database) {
        this.em = em;
        this.claimTransaction = claimTransaction;
        this.database = database;
    }

    /**
     * A transaction that holds the claim of at least one segment.
     *
     * @param subscription the subscription of the segment
     * @param pid the database's process id of the session; null for a prepared transaction
     * @param application the session's application name; empty if it has none or it is hidden from this role
     * @param since the time at which the transaction began or was prepared; if that is hidden from this role, the time
     *     at which it was first seen
     * @param gid the global id of a prepared transaction; null for others
     */
    public record Holder(
            String subscription,
            @Nullable Integer pid,
            String application,
            Instant since,
            @Nullable String gid) {}

    /** The oldest holder for each subscription, if it is older than an age. Always empty on H2. */
    public List<Holder> longerThan(Duration age) {
        List<Object[]> rows = claimTransaction.status(() -> database.isPostgreSql() ? read() : List.of());
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
