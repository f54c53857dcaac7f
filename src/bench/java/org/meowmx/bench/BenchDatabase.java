package org.meowmx.bench;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.TestDatabase;

/**
 * One schema for all contenders, and as many connections for each.
 *
 * @param schema lives as long as the measurement
 * @param rewriting whether the driver makes one multi-row insert of a batch of inserts, which it does only when it is told to
 */
record BenchDatabase(PostgreSqlDatabase schema, boolean rewriting) implements TestDatabase {

    private static final int CONNECTIONS = 24;

    @Override
    public void configure(AgroalDataSourceConfigurationSupplier dataSource) {
        dataSource.connectionPoolConfiguration(pool -> pool.maxSize(CONNECTIONS)
                .initialSize(CONNECTIONS)
                .minSize(CONNECTIONS)
                .connectionFactoryConfiguration(
                        factory -> factory.jdbcProperty("reWriteBatchedInserts", Boolean.toString(rewriting))));
        schema.configure(dataSource);
    }

    /** A pool outside of JTA. */
    AgroalDataSource plainPool() {
        AgroalDataSourceConfigurationSupplier configuration = new AgroalDataSourceConfigurationSupplier();
        configure(configuration);
        try {
            return AgroalDataSource.from(configuration);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The schema is not the node's to drop. */
    @Override
    public void close() {}
}
