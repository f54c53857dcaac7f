package org.meowmx.server;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;

/** A schema that is reached through two connections, of which one listens. */
public class SmallPoolDatabase extends PostgreSqlDatabase {

    @Override
    public void configure(AgroalDataSourceConfigurationSupplier dataSource) {
        super.configure(dataSource);
        dataSource.connectionPoolConfiguration(pool -> pool.maxSize(2));
    }
}
