package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.transaction.PlainSql;
import org.meowmx.transaction.PlainSql.Elements;

/**
 * A query for events: SQL conditions that must all hold, and the values of their parameters.
 *
 * <p>It is plain SQL, because the conversion of rows to objects by Hibernate would take half of the time of a read.
 */
final class EventQuery {

    private static final String SELECT = """
            select %s
            from meowmx_events event
            where %s
            order by event.%s
            fetch first ? rows only""";

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

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

    /** Adds a condition on {@code event}, with one value for each of its question marks. */
    EventQuery and(String condition, Object... parameters) {
        conditions.add(condition);
        values.addAll(List.of(parameters));
        return this;
    }

    /** The first events in the order of a column. */
    List<EventColumns.Row> list(EntityManager em, EventColumns.Data data, String order, long limit) {
        return PlainSql.query(em, first(data, order, limit));
    }

    /** A query for the first events in the order of a column. */
    PlainSql.Query<EventColumns.Row> first(EventColumns.Data data, String order, long limit) {
        String sql = SELECT.formatted(EventColumns.selectList(data), String.join(" and ", conditions), order);
        List<Object> all = new ArrayList<>(values);
        all.add(limit);
        return new PlainSql.Query<>(sql, all, EventColumns::row);
    }
}
