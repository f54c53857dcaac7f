package org.meowmx.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.PostgreSQLContainer;

/**
 * A real PostgreSQL for tests: in a container if a Docker engine runs, otherwise from embedded binaries. Durability is at PostgreSQL's
 * defaults, and prepared transactions are allowed.
 */
public final class PostgreSqlServer {

    /** The embedded binaries are started with durability off. */
    static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "max_prepared_transactions", "20",
            "max_connections", "200");

    private final Place place;
    private final String user;
    private final String password;
    private @Nullable Connection owner;

    PostgreSqlServer(Place place, String user, String password) {
        this.place = place;
        this.user = user;
        this.password = password;
    }

    /** Its address, and its first database. */
    record Place(String host, int port, String database) {}

    /** The server that the tests of one JVM share; it stops with the JVM. */
    public static PostgreSqlServer shared() {
        return Shared.SERVER;
    }

    /** The shared server, with an empty database of its own. */
    public static PostgreSqlServer sharedWithDatabase() {
        PostgreSqlServer shared = shared();
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        shared.executeIn(shared.database(), "create database " + name);
        return new PostgreSqlServer(new Place(shared.host(), shared.port(), name), shared.user, shared.password);
    }

    private static PostgreSqlServer start() {
        return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
    }

    private static PostgreSqlServer container() {
        PostgreSQLContainer<?> container = new PostgreSQLContainer<>("postgres:18");
        Stream<String> settings = SETTINGS.entrySet().stream()
                .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue()));
        container.setCommandParts(Stream.concat(Stream.of("postgres"), settings).toArray(String[]::new));
        container.start();
        return new PostgreSqlServer(
                new Place(
                        container.getHost(),
                        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                        container.getDatabaseName()),
                container.getUsername(),
                container.getPassword());
    }

    private static PostgreSqlServer embedded() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        SETTINGS.forEach(builder::setServerConfig);
        try {
            EmbeddedPostgres process = builder.start();
            return embedded(process.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that runs from embedded binaries. */
    static PostgreSqlServer embedded(int port) {
        return new PostgreSqlServer(new Place("localhost", port, "postgres"), "postgres", "postgres");
    }

    /** The same server, reached through a port of this machine. */
    public PostgreSqlServer through(int port) {
        return new PostgreSqlServer(new Place("localhost", port, place.database()), user, password);
    }

    public String host() {
        return place.host();
    }

    public int port() {
        return place.port();
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    /** The URL of a schema in the first database, in a session whose time zone is not UTC. */
    public String url(String schema) {
        return "jdbc:postgresql://%s:%d/%s?currentSchema=%s&ApplicationName=%s&options=-c%%20TimeZone=Asia/Kolkata"
                .formatted(host(), port(), database(), schema, schema);
    }

    /** A connection of its own, outside of any pool. */
    public Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(url(schema), user, password);
    }

    /** The owner's connection, moved to a schema. It is kept, because opening one takes time in each test; one thread may use it. */
    Connection owner(String schema) throws SQLException {
        if (owner == null || owner.isClosed()) {
            owner = connect("public");
        }
        owner.setSchema(schema);
        return owner;
    }

    /** Runs statements as the owner on a separate connection, each in its own transaction unless the text says otherwise. */
    void execute(String schema, String sql) {
        try (Connection connection = connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A connection to another database of the same server. */
    public Connection connectTo(String otherDatabase) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(host(), port(), otherDatabase), user, password);
    }

    /** Runs a statement in a database, outside of any transaction. */
    public void executeIn(String database, String sql) {
        try (Connection connection = connectTo(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The number that a query in a database returns. */
    public long numberIn(String database, String sql) {
        try (Connection connection = connectTo(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The texts that a query in a database returns, one per row. */
    public List<String> textsIn(String database, String sql) {
        try (Connection connection = connectTo(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public String database() {
        return place.database();
    }

    /** Started by the first use. */
    private static final class Shared {
        static final PostgreSqlServer SERVER = start();
    }
}
