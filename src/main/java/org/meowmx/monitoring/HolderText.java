package org.meowmx.monitoring;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How health checks name a transaction that holds something: by its process and application, or by its global id if it
 * is prepared.
 */
final class HolderText {

    private HolderText() {}

    /**
     * The text for a health check.
     *
     * @param gid the global id of a prepared transaction; null for a session
     * @param pid the database's process id of the session; null for a prepared transaction
     * @param since when the transaction began; null when that is not visible to this role
     */
    static String of(@Nullable String gid, @Nullable Integer pid, String application, @Nullable Instant since) {
        String who = gid != null ? "prepared transaction " + gid : "process %d of '%s'".formatted(pid, application);
        return since == null ? who : "%s for %d s".formatted(who, secondsSince(since));
    }

    /** The database's clock may be ahead of this node's clock. */
    private static long secondsSince(Instant time) {
        return Math.max(0, Duration.between(time, Instant.now()).toSeconds());
    }
}
