package org.meowmx.testkit;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;

/** The database of one test method. It is closed after the method. */
public interface TestDatabase extends AutoCloseable {

    /** Sets the URL, the user and the driver of the data source. */
    void configure(AgroalDataSourceConfigurationSupplier dataSource);

    /** Whether the store's tables already exist. If not, the store creates them at start. */
    default boolean hasTables() {
        return false;
    }

    @Override
    void close();
}
