package org.meowmx.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.meowmx.EventIds;
import org.meowmx.StreamId;

/**
 * The limit: inserts of the same bytes into a table with a primary key and no other rules. Several events are one multi-row insert.
 * Event ids ascend, as those of the store do.
 */
final class BareInsert implements Contender {

    static final String NAME = "bare insert";

    private static final String BARE_TABLE = """
            create table {bare} (position bigint generated always as identity primary key, event_id uuid not null,
                category text not null, stream_id text not null, version bigint not null, slice smallint not null,
                type text not null, data jsonb not null, metadata jsonb not null, recorded_at timestamptz not null)""";

    private static final String STORE_TABLE = "create table {bare} (like meowmx_events including all)";

    private static final String INSERT = """
            insert into {bare} (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
            values (?, ?, ?, ?, ?, ?, cast(? as jsonb), cast(? as jsonb), now())""";

    private final EventIds ids = new EventIds();
    private final Lab lab;
    private final String name;
    private final String table;
    private final Committing committing;

    private BareInsert(Lab lab, String name, String table, String definition, Committing committing) {
        this.lab = lab;
        this.name = name;
        this.table = table;
        this.committing = committing;
        lab.run(sql(definition));
    }

    private interface Work {
        void with(Connection connection) throws SQLException;
    }

    /** The way in which the work is committed. */
    private interface Committing {
        void run(Work work) throws SQLException;
    }

    /** In a transaction, as required by applications that also write other rows. */
    static BareInsert inTransaction(Lab lab) {
        return new BareInsert(lab, NAME, "bare", BARE_TABLE, work -> transact(lab, work));
    }

    /** With the columns and indexes of the store's table, but without streams, expected versions and fence. */
    static BareInsert withIndexesOfTheStore(Lab lab) {
        return new BareInsert(
                lab, NAME + ", indexes of meowmx", "bare_indexed", STORE_TABLE, work -> transact(lab, work));
    }

    private static void transact(Lab lab, Work work) throws SQLException {
        try (Connection connection = lab.plain().getConnection()) {
            connection.setAutoCommit(false);
            work.with(connection);
            connection.commit();
        }
    }

    /** With auto-commit, which saves the round trip of the commit. */
    static BareInsert autoCommitted(Lab lab) {
        return new BareInsert(lab, NAME + ", auto-commit", "bare_auto", BARE_TABLE, work -> {
            try (Connection connection = lab.plain().getConnection()) {
                work.with(connection);
            }
        });
    }

    /** In a JTA transaction: the limit on an application server. */
    static BareInsert inJta(Lab lab, DataSource dataSource) {
        Jta jta = new Jta();
        return new BareInsert(
                lab,
                NAME + " in JTA",
                "bare_jta",
                BARE_TABLE,
                work -> jta.executeInTransaction(() -> {
                    try (Connection connection = dataSource.getConnection()) {
                        work.with(connection);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }));
    }

    private String sql(String statement) {
        return statement.replace("{bare}", table);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void create(String stream, List<OrderPlaced> events) {
        insert(StreamId.of("order", stream), 0, events);
    }

    @Override
    public void append(String stream, long lastVersion, OrderPlaced event) {
        insert(StreamId.of("order", stream), lastVersion, List.of(event));
    }

    private void insert(StreamId stream, long lastVersion, List<OrderPlaced> events) {
        try {
            committing.run(connection -> insert(connection, stream, lastVersion, events));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void insert(Connection connection, StreamId stream, long lastVersion, List<OrderPlaced> events)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql(INSERT))) {
            if (events.size() == 1) {
                bind(insert, stream, lastVersion + 1, events.get(0));
                insert.executeUpdate();
                return;
            }
            long version = lastVersion;
            for (OrderPlaced event : events) {
                bind(insert, stream, ++version, event);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void bind(PreparedStatement insert, StreamId stream, long version, OrderPlaced event) throws SQLException {
        insert.setObject(1, ids.next());
        insert.setString(2, stream.category());
        insert.setString(3, stream.id());
        insert.setLong(4, version);
        insert.setInt(5, stream.slice());
        insert.setString(6, OrderPlaced.TYPE);
        insert.setString(7, event.json());
        insert.setString(8, "{}");
    }

    @Override
    public long stored() {
        return lab.number(sql("select count(*) from {bare}"));
    }
}
