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
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.PostgreSQLContainer;

/**
 * A real PostgreSQL for tests: in a container where a Docker engine runs, otherwise from embedded binaries. Durability is at
 * PostgreSQL's defaults, and prepared transactions are allowed.
 */
public final class PostgreSqlServer implements AutoCloseable {

    /** The embedded binaries are started with durability off. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "max_prepared_transactions", "20",
            "max_connections", "200");

    private final String host;
    private final int port;
    private final String user;
    private final String password;
    private final AutoCloseable process;

    private PostgreSqlServer(String host, int port, String user, String password, AutoCloseable process) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
        this.process = process;
    }

    /** Starts a server of its own on a free port. */
    public static PostgreSqlServer start() {
        return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
    }

    /** The server that the tests of one JVM share; it stops with the JVM. */
    public static PostgreSqlServer shared() {
        return Shared.SERVER;
    }

    private static PostgreSqlServer container() {
        PostgreSQLContainer<?> container = new PostgreSQLContainer<>("postgres:18");
        Stream<String> settings = SETTINGS.entrySet().stream()
                .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue()));
        container.setCommandParts(Stream.concat(Stream.of("postgres"), settings).toArray(String[]::new));
        container.start();
        return new PostgreSqlServer(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getUsername(),
                container.getPassword(),
                container);
    }

    private static PostgreSqlServer embedded() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        SETTINGS.forEach(builder::setServerConfig);
        try {
            EmbeddedPostgres process = builder.start();
            return new PostgreSqlServer("localhost", process.getPort(), "postgres", "postgres", process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
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
                .formatted(host, port, database(), schema, schema);
    }

    /** A connection of its own, outside of any pool. */
    public Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(url(schema), user, password);
    }

    /** A connection to another database of the same server. */
    public Connection connectTo(String otherDatabase) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(host, port, otherDatabase), user, password);
    }

    /** Runs a statement in a database, outside of any transaction. */
    public void execute(String database, String sql) {
        try (Connection connection = connectTo(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The number that a query in a database has as its answer. */
    public long number(String database, String sql) {
        try (Connection connection = connectTo(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The texts that a query in a database has as its answer, a row each. */
    public List<String> texts(String database, String sql) {
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
        return process instanceof PostgreSQLContainer<?> container ? container.getDatabaseName() : "postgres";
    }

    @Override
    public void close() {
        try {
            process.close();
        } catch (Exception e) {
            throw new IllegalStateException("PostgreSQL did not stop", e);
        }
    }

    /** Started by the first who asks. */
    private static final class Shared {
        static final PostgreSqlServer SERVER = start();
    }
}
