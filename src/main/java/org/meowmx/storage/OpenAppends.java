package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.OpenAppend;
import org.meowmx.transaction.PlainSql;

/** The transactions that currently hold a fence. */
final class OpenAppends {

    /** A prepared transaction has no process. The query finds it by the lock on its own transaction id. */
    private static final String HOLDERS = """
            select cast(fence.objid as bigint) as folded, fence.pid, activity.application_name,
                   coalesce(activity.xact_start, prepared.prepared) as since, prepared.gid
            from pg_locks fence
            left join pg_stat_activity activity on activity.pid = fence.pid
            left join pg_locks own on fence.pid is null and own.pid is null and own.locktype = 'transactionid'
                 and own.virtualtransaction = fence.virtualtransaction
            left join pg_prepared_xacts prepared on prepared.transaction = own.transactionid
            where fence.locktype = 'advisory' and fence.granted and fence.objsubid = 2
              and fence.classid = cast('meowmx_events' as regclass)
              and fence.database = (select oid from pg_database where datname = current_database())""";

    private OpenAppends() {}

    /** Lowest fence first. */
    static List<OpenAppend> read(EntityManager em, long last) {
        return PlainSql.query(em, HOLDERS, List.of(), row -> openAppend(row, last)).stream()
                .sorted(Comparator.comparingLong(OpenAppend::fence))
                .toList();
    }

    private static OpenAppend openAppend(ResultSet row, long last) throws SQLException {
        return new OpenAppend(
                Fence.unfold(row.getLong("folded"), last),
                row.getObject("pid", Integer.class),
                orEmpty(row.getString("application_name")),
                instant(row.getObject("since", OffsetDateTime.class)),
                row.getString("gid"));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
