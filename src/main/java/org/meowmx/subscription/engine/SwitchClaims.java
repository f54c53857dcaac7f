package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.PlainSql;
import org.meowmx.transaction.SqlState;

/** What a switch between two versions of a projection locks and writes. Every method needs the transaction of the switch. */
final class SwitchClaims {

    private static final String LIMIT = "select set_config(?, ?, true)";
    private static final String LIMIT_OF_STATEMENTS = "select current_setting('statement_timeout')";

    private static final String LOCKS = "lock_timeout";
    private static final String STATEMENTS = "statement_timeout";

    /** PostgreSQL cancelled the statement. */
    private static final String CANCELLED = "57014";

    private final EntityManager em;
    private final Database database;
    private final Checkpoints checkpoints;
    private final ServingVersions servingVersions;
    private final MissingEvents missingEvents;

    SwitchClaims(
            EntityManager em,
            Database database,
            Checkpoints checkpoints,
            ServingVersions servingVersions,
            MissingEvents missingEvents) {
        this.em = em;
        this.database = database;
        this.checkpoints = checkpoints;
        this.servingVersions = servingVersions;
        this.missingEvents = missingEvents;
    }

    /**
     * The claimed segments of both versions.
     *
     * @param next those of the version that will serve
     * @param serving those of the version that serves; empty if it has none
     * @param former the version that serves
     * @param deadline when the claims must be given back, by {@link System#nanoTime}
     */
    record Claimed(List<Checkpoint> next, List<Checkpoint> serving, ProjectionVersion former, long deadline) {}

    /**
     * Waits for the turns of both versions. The version that serves comes last, because it is the one that others wait for.
     *
     * @throws SubscriptionBusyException if the turns did not end in time
     */
    Claimed claim(ProjectionVersion version, Duration longest) {
        limit(LOCKS, longest);
        return within(version, longest, () -> {
            int serving = servingVersions.lock(version.projection());
            ProjectionVersion former = new ProjectionVersion(version.projection(), serving);
            List<Checkpoint> next = checkpoints.lockExisting(version.subscription());
            long deadline = System.nanoTime() + longest.toNanos();
            return new Claimed(
                    next, former.equals(version) ? next : checkpoints.lock(former.subscription()), former, deadline);
        });
    }

    /** Also a statement that waits for many rows in turn must end in time. */
    private <T> T within(ProjectionVersion version, Duration longest, Supplier<T> claims) {
        String before = database.isPostgreSql()
                ? PlainSql.query(em, LIMIT_OF_STATEMENTS, List.of(), row -> row.getString(1))
                        .get(0)
                : "";
        limit(STATEMENTS, Long.toString(longest.toMillis()));
        T claimed;
        try {
            claimed = claims.get();
        } catch (RuntimeException e) {
            if (SqlState.contention(e).isPresent() || SqlState.matches(e, CANCELLED::equals)) {
                SubscriptionBusyException busy = new SubscriptionBusyException(version.subscription());
                busy.addSuppressed(e);
                throw busy;
            }
            throw e;
        }
        limit(STATEMENTS, before);
        return claimed;
    }

    private void limit(String setting, Duration limit) {
        limit(setting, Long.toString(limit.toMillis()));
    }

    /** H2 has no such settings. */
    private void limit(String setting, String value) {
        if (database.isPostgreSql()) {
            PlainSql.query(em, LIMIT, List.of(setting, value), row -> row.getString(1));
        }
    }

    /** How many events the next version lacks. */
    long missing(ProjectionVersion next, ProjectionVersion serving) {
        return missingEvents.count(next, serving);
    }

    void advance(Checkpoint segment, long handled) {
        checkpoints.advance(segment, handled);
    }

    void replace(Claimed claimed, List<Checkpoint> next) {
        checkpoints.replaceAll(claimed.next(), next);
    }

    /** @param longestWait how long a statement of the application may wait for a lock from now on */
    void serve(ProjectionVersion version, Duration longestWait) {
        servingVersions.serve(version);
        limit(LOCKS, longestWait);
    }
}
