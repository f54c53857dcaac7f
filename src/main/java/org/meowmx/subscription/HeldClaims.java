package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** Which transactions of the database have held claims of subscriptions for long, on whatever node or tool they run. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class HeldClaims {

    /**
     * Who has locked a row is written in the row itself, as xmax; a prepared transaction has no session. A lock that was given
     * back leaves its xmax, but then no such transaction is running.
     */
    private static final String HOLDERS = """
            select distinct on (checkpoint.subscription) checkpoint.subscription as subscription, holding.pid as process,
                   coalesce(activity.application_name, '') as application,
                   coalesce(activity.xact_start, prepared.prepared) as since, prepared.gid as gid
            from meowmx_checkpoints checkpoint
            join pg_locks holding on holding.locktype = 'transactionid' and holding.granted
                 and holding.transactionid = checkpoint.xmax
            left join pg_stat_activity activity on activity.pid = holding.pid
            left join pg_prepared_xacts prepared on prepared.transaction = checkpoint.xmax
            where coalesce(activity.xact_start, prepared.prepared)
                  < clock_timestamp() - cast(:millis * interval '1 millisecond' as interval)
            order by checkpoint.subscription, since""";

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    ReadCommitted transactions;

    /**
     * A transaction that holds the claim of at least one segment.
     *
     * @param subscription whose
     * @param process the database's process id of its session; null for a prepared transaction
     * @param application the session's application name; empty when it has none or may not be seen
     * @param since when the transaction began, or was prepared
     * @param gid the global id of a prepared transaction; else null
     */
    public record Holder(
            String subscription,
            @Nullable Integer process,
            String application,
            Instant since,
            @Nullable String gid) {

        public OptionalInt pid() {
            return process == null ? OptionalInt.empty() : OptionalInt.of(process);
        }

        public Optional<String> preparedAs() {
            return Optional.ofNullable(gid);
        }
    }

    /** The oldest holder for each subscription, of those that have been at it for longer than this; none on H2. */
    public List<Holder> longerThan(Duration age) {
        return transactions.run(() -> transactions.onPostgreSql() ? read(age) : List.of());
    }

    private List<Holder> read(Duration age) {
        List<?> rows = em.createNativeQuery(HOLDERS)
                .unwrap(NativeQuery.class)
                .addScalar("subscription", String.class)
                .addScalar("process", Integer.class)
                .addScalar("application", String.class)
                .addScalar("since", Instant.class)
                .addScalar("gid", String.class)
                .setParameter("millis", age.toMillis())
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Holder(
                        (String) row[0], (Integer) row[1], (String) row[2], (Instant) row[3], (String) row[4]))
                .toList();
    }
}
