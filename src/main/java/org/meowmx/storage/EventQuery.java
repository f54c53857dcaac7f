package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.transaction.PlainSql;
import org.meowmx.transaction.PlainSql.Elements;

/**
 * Which events are looked for: conditions in SQL, all of which hold, and the values of their question marks.
 *
 * <p>Asked in plain SQL, as Hibernate's way from row to object would be half of what reading costs.
 */
final class EventQuery {

    /** Everything that there is of each event. */
    static final Columns WHOLE = new Columns("event.data", "0");

    private static final String SELECT = """
            select event.position, event.event_id, event.category, event.stream_id, event.version, event.type,
                   %s, event.metadata, event.recorded_at, %s
            from meowmx_events event
            where %s
            order by event.%s
            fetch first ? rows only""";

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /**
     * What is read of an event beside the columns that are always read, in SQL.
     *
     * @param data of {@link EventRow#data}
     * @param size of {@link EventRow#size}
     */
    record Columns(String data, String size) {}

    static EventQuery ofStream(StreamId stream, StreamRange versions) {
        return new EventQuery()
                .and("event.category = ?", stream.category())
                .and("event.stream_id = ?", stream.id())
                .and("event.version between ? and ?", versions.from(), versions.to());
    }

    static EventQuery ofPositions(Collection<Long> positions) {
        return new EventQuery().and("event.position = any(?)", new Elements("bigint", positions));
    }

    static EventQuery ofIds(Collection<UUID> ids) {
        return new EventQuery().and("event.event_id = any(?)", new Elements("uuid", ids));
    }

    EventQuery andTypes(Collection<String> types) {
        return and("event.type = any(?)", new Elements("text", types));
    }

    /** Narrows the choice by a condition on {@code event}, with a value for each of its question marks. */
    EventQuery and(String condition, Object... itsValues) {
        conditions.add(condition);
        values.addAll(List.of(itsValues));
        return this;
    }

    /** The first events by a column. */
    List<EventRow> list(EntityManager em, Columns columns, String order, long limit) {
        String sql = SELECT.formatted(columns.data(), columns.size(), String.join(" and ", conditions), order);
        List<Object> all = new ArrayList<>(values);
        all.add(limit);
        return PlainSql.query(em, sql, all, EventQuery::event);
    }

    private static EventRow event(ResultSet row) throws SQLException {
        return new EventRow(
                row.getLong(1),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getObject(9, OffsetDateTime.class).toInstant(),
                row.getInt(10));
    }
}
