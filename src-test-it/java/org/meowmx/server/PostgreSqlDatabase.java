package org.meowmx.server;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.meowmx.testkit.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** A schema of its own on the shared PostgreSQL. */
public class PostgreSqlDatabase implements TestDatabase {

    private final PostgreSqlServer server = PostgreSqlServer.shared();
    private final String schema = "s" + UUID.randomUUID().toString().replace("-", "");

    public PostgreSqlDatabase() {
        execute("create schema " + schema);
    }

    @Override
    public void configure(AgroalDataSourceConfigurationSupplier dataSource) {
        dataSource.connectionPoolConfiguration(
                pool -> pool.connectionFactoryConfiguration(factory -> factory.jdbcUrl(server.url(schema))
                        .connectionProviderClass(PGSimpleDataSource.class)
                        .principal(new NamePrincipal(server.user()))
                        .credential(new SimplePassword(server.password()))));
    }

    @Override
    public void close() {
        // a test that failed may have left a transaction open
        execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + schema + "'");
        execute("drop schema " + schema + " cascade");
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
