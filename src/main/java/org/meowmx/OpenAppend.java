package org.meowmx;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that has appended and not ended: the mark cannot pass its fence.
 *
 * @param fence all its positions are greater than this
 * @param pid the database's process id of its session; null for a prepared transaction, which has no session
 * @param application the session's application name; empty when it has none or may not be seen
 * @param since when the transaction began, or was prepared; null when that may not be seen
 * @param gid the global id of a prepared transaction, for {@code commit prepared} or {@code rollback prepared}; else null
 */
public record OpenAppend(
        long fence,
        @Nullable Integer pid,
        String application,
        @Nullable Instant since,
        @Nullable String gid) {}
