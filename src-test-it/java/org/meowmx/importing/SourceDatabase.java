package org.meowmx.importing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlServer;
import org.postgresql.ds.PGSimpleDataSource;

/** A source in a separate schema, whose name must be quoted. */
final class SourceDatabase implements AutoCloseable {

    private static final String TABLES = """
            create table {aggregates} (id {id} primary key, version integer not null, aggregate_type text not null);
            create table {events} (id bigserial primary key, transaction_id {transaction} not null,
                aggregate_id {id} not null references {aggregates} (id), version integer not null,
                event_type text not null, json_data {json} not null{time}, unique (aggregate_id, version));
            create index on {events} (transaction_id, id)""";

    private static final String AGGREGATE = """
            insert into %s values (cast('%s' as %s), -1, '%s') on conflict do nothing""";

    private static final String EVENT = """
            insert into %s (transaction_id, aggregate_id, version, event_type, json_data)
            values (cast('%d' as %s), cast('%s' as %s), %d, '%s', '%s')""";

    private final String schema = "SourceDatabase \"" + UUID.randomUUID() + "\"";
    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private final Connection writer;
    private final SourceShape shape;

    SourceDatabase(SourceShape shape) {
        this.shape = shape;
        PostgreSqlServer server = PostgreSqlServer.shared();
        dataSource.setUrl(server.url("public"));
        dataSource.setUser(server.user());
        dataSource.setPassword(server.password());
        writer = connect();
        run("create schema " + quoted());
        run(TABLES.replace("{aggregates}", table(shape.aggregates()))
                .replace("{events}", table(shape.events()))
                .replace("{id}", shape.idType())
                .replace("{transaction}", shape.transactionType())
                .replace("{json}", shape.jsonType())
                .replace("{time}", shape.time()));
    }

    private Connection connect() {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** The same, with the source's schema as the current one. */
    DataSource dataSourceOfSchema() {
        dataSource.setCurrentSchema(quoted());
        return dataSource;
    }

    String schema() {
        return schema;
    }

    StreamId stream(String type, int aggregate) {
        return StreamId.of(type, shape.id().apply(aggregate));
    }

    /** Appends one event. Its version counts from 1 here, also if the source counts from 0. */
    void append(long transaction, String type, int aggregate, int version, String data) {
        String id = shape.id().apply(aggregate);
        run(AGGREGATE.formatted(table(shape.aggregates()), id, shape.idType(), type));
        run(EVENT.formatted(
                table(shape.events()),
                transaction,
                shape.transactionType(),
                id,
                shape.idType(),
                version - 1 + shape.first(),
                type + "-changed",
                data));
    }

    /** Interleaves streams: in each round, each of them gets its next event. */
    void rounds(int from, int to, int streams) {
        for (int round = from; round <= to; round++) {
            for (int aggregate = 1; aggregate <= streams; aggregate++) {
                append(
                        100L * round + aggregate,
                        "order",
                        aggregate,
                        round,
                        "{\"round\": %d, \"of\": \"ann\"}".formatted(round));
            }
        }
    }

    String table(String name) {
        return quoted() + "." + name;
    }

    void run(String sql) {
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private String quoted() {
        return "\"" + schema.replace("\"", "\"\"") + "\"";
    }

    @Override
    public void close() {
        run("drop schema " + quoted() + " cascade");
        try {
            writer.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
