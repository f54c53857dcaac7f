package org.meowmx.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.OpenAppend;

/** Who has raised the fences of the moment. */
final class OpenAppends {

    /** A prepared transaction has no process; it is found by the lock on its own transaction id. */
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
    static List<OpenAppend> read(Connection connection, long last) throws SQLException {
        List<OpenAppend> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(HOLDERS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new OpenAppend(
                        Fence.unfold(rows.getLong("folded"), last),
                        rows.getObject("pid", Integer.class),
                        orEmpty(rows.getString("application_name")),
                        instant(rows.getObject("since", OffsetDateTime.class)),
                        rows.getString("gid")));
            }
        }
        found.sort(Comparator.comparingLong(OpenAppend::fence));
        return found;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static java.time.@Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
