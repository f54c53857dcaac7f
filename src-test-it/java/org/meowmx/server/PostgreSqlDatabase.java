package org.meowmx.server;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.meowmx.testkit.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** A schema of its own, on the shared PostgreSQL if no other is given. */
public class PostgreSqlDatabase implements TestDatabase {

    private final PostgreSqlServer server;
    private final String schema = "s" + UUID.randomUUID().toString().replace("-", "");

    public PostgreSqlDatabase() {
        this(PostgreSqlServer.shared());
    }

    protected PostgreSqlDatabase(PostgreSqlServer server) {
        this.server = server;
        execute("create schema " + schema);
    }

    @Override
    public void configure(AgroalDataSourceConfigurationSupplier dataSource) {
        dataSource.connectionPoolConfiguration(
                pool -> pool.connectionFactoryConfiguration(factory -> factory.jdbcUrl(url())
                        .connectionProviderClass(provider())
                        .principal(new NamePrincipal(server.user()))
                        .credential(new SimplePassword(server.password()))));
    }

    protected String url() {
        return server.url(schema);
    }

    protected String schema() {
        return schema;
    }

    /** The driver's data source class. */
    protected Class<?> provider() {
        return PGSimpleDataSource.class;
    }

    @Override
    public void close() {
        endLeftTransactions();
        execute("drop schema " + schema + " cascade");
    }

    /** A test that failed may have left transactions open or prepared, whose locks would keep the schema. */
    private void endLeftTransactions() {
        execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + schema + "'");
        for (String gid : preparedTransactions()) {
            execute("rollback prepared '" + gid + "'");
        }
    }

    private List<String> preparedTransactions() {
        List<String> gids = new ArrayList<>();
        try (Connection connection = server.connect("public");
                Statement statement = connection.createStatement();
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
        try (Connection connection = server.connect("public");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
