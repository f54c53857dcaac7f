package org.meowmx.bench;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.meowmx.server.Engine;
import org.meowmx.server.OwnedPostgreSqlDatabase;
import org.meowmx.server.PostgreSqlDatabase;

/** Where one workload is measured: an empty schema of a durable PostgreSQL, nodes, and pools. */
final class Lab implements AutoCloseable {

    private final Options options;
    private final PostgreSqlDatabase schema = new OwnedPostgreSqlDatabase();
    private final BenchDatabase database = new BenchDatabase(schema, true);
    private final AgroalDataSource plain = database.plainPool();
    private final List<Engine> nodes = new ArrayList<>();
    private final List<String> configured = new ArrayList<>();

    /** Leaves out what is part of the server's WAR only. */
    private static final class LibraryOnly implements Extension {

        void leaveOut(@Observes ProcessAnnotatedType<?> type) {
            if (type.getAnnotatedType().getJavaClass().getPackageName().startsWith("org.meowmx.rest")) {
                type.veto();
            }
        }
    }

    private Lab(Options options) {
        this.options = options;
    }

    /**
     * Opens one.
     *
     * @throws IllegalStateException when the server is not durable, so that its figures would say nothing
     */
    static Lab open(Options options) {
        Lab lab = new Lab(options);
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            if (!lab.texts("show " + setting).get(0).equals("on")) {
                throw new IllegalStateException(setting + " is off");
            }
        }
        return lab;
    }

    Options options() {
        return options;
    }

    /** A pool outside of JTA. */
    DataSource plain() {
        return plain;
    }

    /** Sets a configuration property for the nodes that start from now on. */
    void configure(String key, String value) {
        System.setProperty(key, value);
        configured.add(key);
    }

    /** Starts a node on a pool of its own. */
    Engine node(Class<?>... beans) {
        return node(List.of(), beans);
    }

    Engine node(List<Extension> extensions, Class<?>... beans) {
        return node(database, extensions, beans);
    }

    /** Starts a node whose pool is as the driver makes it: it sends a batch of inserts row by row. */
    Engine nodeRowByRow(Class<?>... beans) {
        return node(new BenchDatabase(schema, false), List.of(), beans);
    }

    private Engine node(BenchDatabase pool, List<Extension> extensions, Class<?>... beans) {
        List<Extension> all = new ArrayList<>(extensions);
        all.add(new LibraryOnly());
        Engine node = Engine.start(pool, all, beans);
        nodes.add(node);
        return node;
    }

    /** The pool of a node, whose connections take part in JTA. */
    static DataSource pool(Engine node) {
        return (DataSource) node.entityManager("meowmx")
                .getEntityManagerFactory()
                .getProperties()
                .get("jakarta.persistence.jtaDataSource");
    }

    void run(String sql) {
        try (Connection connection = plain.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of what a query finds. */
    List<String> texts(String sql) {
        try (Connection connection = plain.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long number(String sql) {
        return Long.parseLong(texts(sql).get(0));
    }

    @Override
    public void close() {
        nodes.forEach(Engine::close);
        configured.forEach(System::clearProperty);
        dropSchema();
        plain.close();
        schema.close();
    }

    /** Hibernate does not create a sequence that another schema has already. */
    private void dropSchema() {
        run("drop schema %s cascade".formatted(texts("select current_schema()").get(0)));
    }
}
