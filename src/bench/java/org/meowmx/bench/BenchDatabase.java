package org.meowmx.bench;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.TestDatabase;

/**
 * One schema for all contenders, and a pool of the same size for each.
 *
 * @param schema the schema, which is dropped after the measurement
 * @param rewriting whether the driver turns a batch of inserts into one multi-row insert, which is not its default
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

    /** Does nothing, because the node must not drop the schema. */
    @Override
    public void close() {}
}
