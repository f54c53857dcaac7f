package org.meowmx.storage;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.meowmx.testkit.TestDatabase;

/** An H2 database without tables. */
public class EmptyH2Database implements TestDatabase {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID()
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";

    @Override
    public void configure(AgroalDataSourceConfigurationSupplier dataSource) {
        dataSource.connectionPoolConfiguration(pool -> pool.connectionFactoryConfiguration(
                factory -> factory.jdbcUrl(url).connectionProviderClass(JdbcDataSource.class)));
    }

    @Override
    public void close() {}
}
