package org.meowmx.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.meowmx.StreamId;

/**
 * A log that exists before the measurement. One statement fills it, with all indexes in place. It looks like the result of appends: ids
 * that grow with time, correct slices, and events of the streams in turn.
 */
final class History {

    private static final int STREAMS = 1_000;

    private static final String EVENTS = """
            insert into meowmx_events (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
            select uuidv7(), 'order', cast(n %% streams as text), n / streams + 1, slices[n %% streams + 1], '%s',
                   cast(? as jsonb), '{}', clock_timestamp()
            from (select cast(? as smallint[]) as slices, %d as streams) known, generate_series(0, ? - 1) as n
            order by n""".formatted(OrderPlaced.TYPE, STREAMS);

    private static final String VERSIONS = """
            insert into meowmx_streams (category, stream_id, version)
            select category, stream_id, max(version) from meowmx_events group by category, stream_id""";

    private static final String AXON = """
            insert into %s (%s eventIdentifier, aggregateIdentifier, sequenceNumber, type, payloadType, timeStamp,
                payload, metaData)
            select %s cast(event_id as text), stream_id, version - 1, category, '%s',
                   to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   convert_to(cast(data as text), 'UTF8'), convert_to('{}', 'UTF8')
            from meowmx_events order by position""";

    private final Lab lab;

    History(Lab lab) {
        this.lab = lab;
    }

    /** Fills the store's empty tables with a multiple of a thousand events. */
    void fill(int events) {
        Object[] slices = IntStream.range(0, STREAMS)
                .mapToObj(stream -> (short) StreamId.of("order", (long) stream).slice())
                .toArray();
        try (Connection connection = lab.plain().getConnection();
                PreparedStatement insert = connection.prepareStatement(EVENTS)) {
            Array ofStreams = connection.createArrayOf("smallint", slices);
            insert.setString(1, OrderPlaced.example().json());
            insert.setArray(2, ofStreams);
            insert.setInt(3, events);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        lab.run(VERSIONS);
        settle();
    }

    /** Copies the log to the tables of Axon's engines. */
    void copyToAxon() {
        lab.run(AXON.formatted("DomainEventEntry", "globalIndex,", "position,", OrderPlaced.class.getName()));
        lab.run(AXON.formatted(Axon.JDBC_TABLE, "", "", OrderPlaced.class.getName()));
        settle();
    }

    private void settle() {
        lab.run("vacuum analyze");
        lab.run("checkpoint");
    }
}
