package org.meowmx.server;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.meowmx.testkit.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A new schema, on the shared PostgreSQL unless another one is given, which is set up as in docs/operations.md: the owner has run the
 * DDL and grants.sql, and the application connects as a role that has only these grants.
 */
public class PostgreSqlDatabase implements TestDatabase {

    /** The application's user, and its password. */
    public static final String APPLICATION = "my_application";

    private static final String FOLDER = "org/meowmx/schema/postgresql/";

    private static final String APPLICATION_ROLE = """
            do $$
            begin
                if not exists (select from pg_roles where rolname = '%1$s') then
                    create role %1$s login password '%1$s';
                end if;
            end
            $$;
            grant meowmx_app to %1$s""".formatted(APPLICATION);

    /** Lets the application use the tables that a test creates later with {@link Sql#asOwner}. */
    private static final String OTHER_TABLES =
            "alter default privileges in schema %s grant all on tables to " + APPLICATION;

    private final PostgreSqlServer server;
    private final String schema = "s" + UUID.randomUUID().toString().replace("-", "");

    public PostgreSqlDatabase() {
        this(PostgreSqlServer.shared());
    }

    protected PostgreSqlDatabase(PostgreSqlServer server) {
        this.server = server;
        execute(hasTables() ? inOneTransaction(emptySchema(), tables()) : emptySchema());
    }

    private String emptySchema() {
        return "create schema " + schema;
    }

    private String tables() {
        return inOneTransaction(
                file("V1__event_store.sql"), file("grants.sql"), APPLICATION_ROLE, OTHER_TABLES.formatted(schema));
    }

    /** PostgreSQL runs the statements of one text in one transaction: one wait for the disk. */
    private static String inOneTransaction(String... statements) {
        return String.join(";\n", statements);
    }

    private static String file(String name) {
        try (InputStream file = PostgreSqlDatabase.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasTables() {
        return true;
    }

    @Override
    public void configure(AgroalDataSourceConfigurationSupplier dataSource) {
        dataSource.connectionPoolConfiguration(
                pool -> pool.connectionFactoryConfiguration(factory -> factory.jdbcUrl(url())
                        .connectionProviderClass(provider())
                        .principal(new NamePrincipal(user()))
                        .credential(new SimplePassword(password()))));
    }

    protected String url() {
        return server.url(schema);
    }

    String user() {
        return APPLICATION;
    }

    String password() {
        return APPLICATION;
    }

    protected String schema() {
        return schema;
    }

    /** The driver's data source class. */
    protected Class<?> provider() {
        return PGSimpleDataSource.class;
    }

    /**
     * Ends the transactions that the test has left open. The schema stays until the server stops, because dropping it
     * takes as long as creating it.
     */
    @Override
    public void close() {
        endLeftTransactions();
    }

    /** A test that failed may have left transactions open or prepared, which would hold back the logs of the next tests. */
    private void endLeftTransactions() {
        execute("select pg_terminate_backend(pid) from pg_stat_activity "
                + "where pid <> pg_backend_pid() and application_name = '" + schema + "'");
        for (String gid : preparedTransactions()) {
            execute("rollback prepared '" + gid + "'");
        }
    }

    private List<String> preparedTransactions() {
        List<String> gids = new ArrayList<>();
        try (Statement statement = server.owner(schema).createStatement();
                ResultSet rows = statement.executeQuery("select gid from pg_prepared_xacts")) {
            while (rows.next()) {
                gids.add(rows.getString(1));
            }
            return gids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (Statement statement = server.owner(schema).createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
