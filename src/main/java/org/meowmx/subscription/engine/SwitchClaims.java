package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.PlainSql;
import org.meowmx.transaction.SqlState;

/** The locks and writes of a switch between two versions of a projection. Every method needs the transaction of the switch. */
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
     * @param limitOfStatements the time limit of a statement before the switch
     */
    record Claimed(
            List<Checkpoint> next,
            List<Checkpoint> serving,
            ProjectionVersion former,
            long deadline,
            String limitOfStatements) {

        boolean isOverdue() {
            return System.nanoTime() > deadline;
        }
    }

    /**
     * Waits for the turns of both versions. The serving version is claimed last, so its turns wait for the shortest time. PostgreSQL
     * cancels statements that exceed the time limit, until {@link #serve}.
     *
     * @throws SubscriptionBusyException if the turns did not end in time
     */
    Claimed claim(ProjectionVersion version, Duration longest) {
        limit(LOCKS, longest);
        String limitOfStatements = limitOfStatements();
        // a statement that waits for many rows, one after the other, must end in time too
        limit(STATEMENTS, longest);
        try {
            int serving = servingVersions.lock(version.projection());
            ProjectionVersion former = new ProjectionVersion(version.projection(), serving);
            List<Checkpoint> next = checkpoints.lockExisting(version.subscription());
            long deadline = System.nanoTime() + longest.toNanos();
            return new Claimed(
                    next,
                    former.equals(version) ? next : checkpoints.lock(former.subscription()),
                    former,
                    deadline,
                    limitOfStatements);
        } catch (RuntimeException e) {
            if (SqlState.contention(e).isPresent() || isCancelled(e)) {
                SubscriptionBusyException busy = new SubscriptionBusyException(version.subscription());
                busy.addSuppressed(e);
                throw busy;
            }
            throw e;
        }
    }

    /** Whether PostgreSQL cancelled a statement, because it exceeded the time limit. */
    static boolean isCancelled(Throwable thrown) {
        return SqlState.matches(thrown, CANCELLED::equals);
    }

    private String limitOfStatements() {
        return database.isPostgreSql()
                ? PlainSql.query(em, LIMIT_OF_STATEMENTS, List.of(), row -> row.getString(1))
                        .get(0)
                : "";
    }

    /** The next statements must end before the deadline. */
    void limitToDeadline(Claimed claimed) {
        long rest = TimeUnit.NANOSECONDS.toMillis(claimed.deadline() - System.nanoTime());
        // 0 would be no limit
        limit(STATEMENTS, Duration.ofMillis(Math.max(1, rest)));
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

    /** The number of events that the next version lacks. It needs no claim, because the count may take longer than claims may be held. */
    long missing(ProjectionVersion next) {
        int serving = servingVersions.of(next.projection());
        return missingEvents.count(next, new ProjectionVersion(next.projection(), serving));
    }

    void advance(Checkpoint segment, long handled) {
        checkpoints.advance(segment, handled);
    }

    void replace(Claimed claimed, List<Checkpoint> next) {
        checkpoints.replaceAll(claimed.next(), next);
    }

    /**
     * Gives the statements of the application their former time limit back.
     *
     * @param longestWait how long a statement of the application may wait for a lock from now on
     */
    void serve(ProjectionVersion version, Claimed claimed, Duration longestWait) {
        servingVersions.serve(version);
        limit(STATEMENTS, claimed.limitOfStatements());
        limit(LOCKS, longestWait);
    }
}
