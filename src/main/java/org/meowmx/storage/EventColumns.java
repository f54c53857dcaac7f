package org.meowmx.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meowmx.DataBinder;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.serialization.EventSerializer;

/**
 * The columns of {@code meowmx_events}: their names, the SQL and the binding of an insert, the SQL and the reading of a select,
 * and their conversion to a {@link RecordedEvent}.
 *
 * <p>Each SQL text has one entry per column, in the order of {@link #OF_EVENT}; the method after it binds or reads in that order.
 * The texts are constants, so that the driver and the database prepare each statement once.
 */
final class EventColumns {

    /** The columns that an event gets from the row of its stream. */
    private static final List<String> OF_STREAM = List.of("category", "stream_id", "version");

    /** The columns that are bound for each event. */
    private static final List<String> OF_EVENT =
            List.of("event_id", "slice", "type", "data", "metadata", "recorded_at");

    /** The columns that an append fills. The database draws the position. */
    static final List<String> INSERTED =
            Stream.of(OF_STREAM, OF_EVENT).flatMap(List::stream).toList();

    /** All columns. */
    static final List<String> ALL =
            Stream.concat(Stream.of("position"), INSERTED.stream()).toList();

    /** {@link #INSERTED}, as SQL. */
    static final String INSERT_LIST = String.join(", ", INSERTED);

    /** PostgreSQL: the values of {@link #OF_EVENT} for one event; {@code now} is a column of the append statement. */
    static final String VALUES_OF_ONE = """
            ?, ?, ?, cast(? as jsonb), cast(? as jsonb), coalesce(cast(? as timestamptz), now)""";

    /** H2: the values of {@link #OF_EVENT} for one event. */
    static final String VALUES_ON_H2 = "?, ?, ?, ? format json, ? format json, cast(? as timestamp with time zone)";

    /** @param recordedAt null for the database's time */
    static void bindOne(Parameters parameters, Batch batch, Batch.Event event, @Nullable Instant recordedAt)
            throws SQLException {
        parameters.add(event.id());
        parameters.add(batch.stream().slice());
        parameters.add(event.content().type());
        parameters.add(event.content().data());
        parameters.add(event.content().metadata());
        parameters.add(recordedAt == null ? null : recordedAt.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    /** PostgreSQL: the values of {@link #OF_EVENT} for many events, from the rows of {@link #ROWS_OF_MANY}. */
    static final String VALUES_OF_MANY = """
            cast(given.event_id as uuid), ?, given.type, cast(given.data as jsonb), cast(given.metadata as jsonb),
            coalesce(cast(given.recorded_at as timestamptz), now)""";

    /** PostgreSQL: unnests {@link #ARRAYS_OF_MANY}. */
    static final String ROWS_OF_MANY = """
            unnest(event_ids) as event_id, unnest(types) as type, unnest(data) as data,
            unnest(metadata) as metadata, unnest(times) as recorded_at""";

    /** PostgreSQL: one array per column that differs from event to event, all as text. */
    static final String ARRAYS_OF_MANY = """
            cast(? as text[]) as event_ids, cast(? as text[]) as types, cast(? as text[]) as data,
            cast(? as text[]) as metadata, cast(? as text[]) as times""";

    static void bindMany(Parameters parameters, Batch batch) throws SQLException {
        parameters.add(batch.stream().slice());
        bindArrays(parameters, batch.events());
    }

    /** PostgreSQL: the values of {@link #OF_EVENT} for the events of a group, from the rows of {@link #ROWS_OF_GROUP}. */
    static final String VALUES_OF_GROUP = VALUES_OF_MANY.replace("?", "given.slice");

    /** PostgreSQL: unnests {@link #ARRAYS_OF_GROUP}. */
    static final String ROWS_OF_GROUP = """
            unnest(categories) as category, unnest(stream_ids) as stream_id, unnest(batches) as batch,
            unnest(numbers) as number, unnest(slices) as slice,
            """ + ROWS_OF_MANY;

    /** PostgreSQL: for each event its stream, its batch and its number in the batch, then {@link #ARRAYS_OF_MANY}. */
    static final String ARRAYS_OF_GROUP = """
            cast(? as text[]) as categories, cast(? as text[]) as stream_ids, cast(? as bigint[]) as batches,
            cast(? as bigint[]) as numbers, cast(? as bigint[]) as slices,
            """ + ARRAYS_OF_MANY;

    static void bindGroup(Parameters parameters, BatchGroup group) throws SQLException {
        List<BatchGroup.Entry> entries = group.entries();
        parameters.addTexts(entries, entry -> group.streamOf(entry).category());
        parameters.addTexts(entries, entry -> group.streamOf(entry).id());
        parameters.addNumbers(entries, entry -> entry.batch() + 1);
        parameters.addNumbers(entries, BatchGroup.Entry::number);
        parameters.addNumbers(entries, entry -> group.streamOf(entry).slice());
        bindArrays(parameters, entries.stream().map(BatchGroup.Entry::event).toList());
    }

    private static void bindArrays(Parameters parameters, List<Batch.Event> events) throws SQLException {
        parameters.addTexts(events, event -> event.id().toString());
        parameters.addTexts(events, event -> event.content().type());
        parameters.addTexts(events, event -> event.content().data());
        parameters.addTexts(events, event -> event.content().metadata());
        parameters.addTexts(events, event -> Objects.toString(event.recordedAt(), null));
    }

    private static final String SELECT_LIST = """
            event.position, event.event_id, event.category, event.stream_id, event.version, event.type,
            event.metadata, event.recorded_at, %s, %s""";

    /**
     * The part of the data that a query selects.
     *
     * @param data SQL expression for {@link Row#data}
     * @param size SQL expression for {@link Row#size}
     */
    record Data(String data, String size) {

        /** All of it. */
        static final Data WHOLE = new Data("event.data", "0");
    }

    /** The select list that {@link #row} reads. */
    static String selectList(Data data) {
        return SELECT_LIST.formatted(data.data(), data.size());
    }

    static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                row.getObject(2, UUID.class),
                new StreamId(row.getString(3), row.getString(4)),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getString(9),
                row.getInt(10));
    }

    /**
     * An event as a query returns it.
     *
     * @param data null if it was not selected, because it is large
     * @param size the approximate size in memory of data that was not selected, in bytes; 0 if the query did not ask
     */
    record Row(
            long position,
            UUID eventId,
            StreamId stream,
            long version,
            String type,
            String metadata,
            Instant recordedAt,
            @Nullable String data,
            int size) {

        RecordedEvent recorded(EventSerializer serializer) {
            if (data == null) {
                throw new IllegalStateException("The data of the event at position " + position + " was not read");
            }
            return new RecordedEvent(
                    position,
                    eventId,
                    stream,
                    version,
                    type,
                    data,
                    serializer.metadata(metadata),
                    recordedAt,
                    serializer.binder());
        }
    }

    /** An event of a batch as recorded, with the place that the database assigned. */
    static RecordedEvent recorded(StreamId stream, Batch.Event event, Place place, DataBinder binder) {
        return new RecordedEvent(
                place.position(),
                event.id(),
                stream,
                place.version(),
                event.content().type(),
                event.content().data(),
                event.metadata(),
                place.recordedAt(),
                binder);
    }

    private EventColumns() {}
}
