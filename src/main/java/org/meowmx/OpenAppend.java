package org.meowmx;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that has appended and is still open. The high-water mark cannot pass its fence.
 *
 * @param fence the lower bound of its positions: all of them are greater than this
 * @param pid the process id of its database session; null for a prepared transaction, which has no session
 * @param application the application name of its session; empty if the session has none or the database hides it
 * @param since the time at which the transaction began or was prepared; null if the database hides it
 * @param gid the global id of a prepared transaction, for {@code commit prepared} or {@code rollback prepared}; null
 *     for any other transaction
 */
public record OpenAppend(
        long fence,
        @Nullable Integer pid,
        String application,
        @Nullable Instant since,
        @Nullable String gid) {}
