package org.meowmx.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The statements of eugene-khyst/postgresql-event-sourcing, in its shape: a row per stream that is inserted if absent and then
 * updated under its version, and an insert per event with the id of the transaction.
 */
final class SeedStatements implements Contender {

    private static final String TABLES = """
            create table {es}_aggregate (id uuid primary key, version integer not null, aggregate_type text not null);
            create index on {es}_aggregate (aggregate_type);
            create table {es}_event (id bigserial primary key, transaction_id xid8 not null,
                aggregate_id uuid not null references {es}_aggregate (id), version integer not null,
                event_type text not null, json_data json not null, unique (aggregate_id, version));
            create index on {es}_event (transaction_id, id)""";

    private static final String TRIGGER = """
            create function {es}_notify() returns trigger language plpgsql as $$
            declare
                aggregate_type text;
            begin
                select a.aggregate_type into aggregate_type from {es}_aggregate a where a.id = new.aggregate_id;
                perform pg_notify('channel_event_notify', aggregate_type);
                return new;
            end $$;
            create trigger {es}_trigger after insert on {es}_event for each row execute function {es}_notify()""";

    private static final String INSERT_AGGREGATE =
            "insert into {es}_aggregate (id, version, aggregate_type) values (?, 0, 'order') on conflict do nothing";

    private static final String UPDATE_VERSION = "update {es}_aggregate set version = ? where id = ? and version = ?";

    private static final String INSERT_EVENT = """
            insert into {es}_event (transaction_id, aggregate_id, version, event_type, json_data)
            values (pg_current_xact_id(), ?, ?, ?, cast(? as json)) returning id, cast(transaction_id as text)""";

    private static final String FILL = """
            insert into {es}_aggregate
            select gen_random_uuid(), %1$d / 100, 'order' from generate_series(1, 100);
            insert into {es}_event (transaction_id, aggregate_id, version, event_type, json_data)
            select pg_current_xact_id(), a.id, n, '%2$s', '%3$s'
            from generate_series(1, %1$d / 100) as n, {es}_aggregate a order by n""";

    private final Lab lab;
    private final String name;
    private final String tables;
    private final DataSource dataSource;

    private SeedStatements(Lab lab, String name, String tables) {
        this.lab = lab;
        this.name = name;
        this.tables = tables;
        this.dataSource = lab.plain();
        lab.run(sql(TABLES));
    }

    static SeedStatements plain(Lab lab) {
        return new SeedStatements(lab, "seed", "es");
    }

    static SeedStatements withTrigger(Lab lab) {
        SeedStatements seed = new SeedStatements(lab, "seed with trigger", "est");
        lab.run(seed.sql(TRIGGER));
        return seed;
    }

    private String sql(String statement) {
        return statement.replace("{es}", tables);
    }

    /** Fills its empty tables with a hundred streams. The total number of events is a multiple of a hundred. */
    void fill(int events) {
        lab.run(sql(FILL)
                .formatted(events, OrderPlaced.TYPE, OrderPlaced.example().json()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void create(String stream, List<OrderPlaced> events) {
        append(UUID.nameUUIDFromBytes(stream.getBytes(StandardCharsets.UTF_8)), 0, events);
    }

    @Override
    public void append(String stream, long lastVersion, OrderPlaced event) {
        append(UUID.nameUUIDFromBytes(stream.getBytes(StandardCharsets.UTF_8)), lastVersion, List.of(event));
    }

    private void append(UUID aggregate, long lastVersion, List<OrderPlaced> events) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            moveVersion(connection, aggregate, lastVersion, events.size());
            insert(connection, aggregate, lastVersion, events);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void moveVersion(Connection connection, UUID aggregate, long lastVersion, int events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql(INSERT_AGGREGATE));
                PreparedStatement update = connection.prepareStatement(sql(UPDATE_VERSION))) {
            insert.setObject(1, aggregate);
            insert.executeUpdate();
            update.setInt(1, (int) lastVersion + events);
            update.setObject(2, aggregate);
            update.setInt(3, (int) lastVersion);
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("Not at version " + lastVersion);
            }
        }
    }

    private void insert(Connection connection, UUID aggregate, long lastVersion, List<OrderPlaced> events)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql(INSERT_EVENT))) {
            int version = (int) lastVersion;
            for (OrderPlaced event : events) {
                insert.setObject(1, aggregate);
                insert.setInt(2, ++version);
                insert.setString(3, OrderPlaced.TYPE);
                insert.setString(4, event.json());
                insert.executeQuery().close();
            }
        }
    }

    @Override
    public long stored() {
        return lab.number(sql("select count(*) from {es}_event"));
    }
}
