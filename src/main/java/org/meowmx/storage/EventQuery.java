package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;

/**
 * Which events are looked for: conditions in SQL, all of which hold, and the values of their question marks.
 *
 * <p>It is asked on the connection of the persistence context, and thus in its transaction, but not through Hibernate, whose
 * way from row to object would be half of what reading costs.
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

    /** The value of {@code any(?)}. */
    private record Elements(String type, Collection<?> elements) {

        java.sql.Array array(Connection connection) throws SQLException {
            return connection.createArrayOf(type, elements.toArray());
        }
    }

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

    /** Narrows the choice by a condition on {@code event}. */
    EventQuery and(String condition, Object... ofItsQuestionMarks) {
        conditions.add(condition);
        values.addAll(List.of(ofItsQuestionMarks));
        return this;
    }

    /** The first events by a column. */
    List<EventRow> list(EntityManager em, Columns columns, String order, long limit) {
        String sql = SELECT.formatted(columns.data(), columns.size(), String.join(" and ", conditions), order);
        return em.unwrap(Session.class).doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, limit);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows(rows);
                }
            }
        });
    }

    private void bind(PreparedStatement statement, long limit) throws SQLException {
        int count = 0;
        for (Object value : values) {
            Object bound = value instanceof Elements many ? many.array(statement.getConnection()) : value;
            statement.setObject(++count, bound);
        }
        statement.setLong(++count, limit);
    }

    private static List<EventRow> rows(ResultSet rows) throws SQLException {
        List<EventRow> events = new ArrayList<>();
        while (rows.next()) {
            events.add(new EventRow(
                    rows.getLong(1),
                    rows.getObject(2, UUID.class),
                    rows.getString(3),
                    rows.getString(4),
                    rows.getLong(5),
                    rows.getString(6),
                    rows.getString(7),
                    rows.getString(8),
                    rows.getObject(9, OffsetDateTime.class).toInstant(),
                    rows.getInt(10)));
        }
        return events;
    }
}
