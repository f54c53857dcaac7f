package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.meowmx.subscription.engine.declaration.Backoff;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.PlainSql;

/**
 * The clock for retries of failed segments. It is the clock of the database, because the clocks of nodes differ. H2
 * runs in the process of a test, which sets the time itself.
 *
 * <p>The clock of the database may jump too, for example after a failover. So no segment waits longer than its back-off
 * allows from now on, whatever time is stored.
 */
final class RetryTimes {

    private static final String NOW = "select clock_timestamp()";

    private final EntityManager em;
    private final Database database;
    private final Clock clock;

    /** @param clock the clock for H2 */
    RetryTimes(EntityManager em, Database database, Clock clock) {
        this.em = em;
        this.database = database;
        this.clock = clock;
    }

    /** The current time. Needs a transaction. */
    Instant now() {
        Instant now = database.isPostgreSql()
                ? PlainSql.query(em, NOW, List.of(), row -> row.getObject(1, OffsetDateTime.class))
                        .get(0)
                        .toInstant()
                : clock.instant();
        return now.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Whether a segment still waits for its next turn after a failure.
     *
     * @param retryAt the stored time
     */
    static boolean isPending(Instant retryAt, Instant now, Backoff backoff) {
        return retryAt.isAfter(now) && !retryAt.isAfter(now.plus(backoff.longest()));
    }
}
