package org.meowmx.testkit;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;

/** A database for one test method; closed after it. */
public interface TestDatabase extends AutoCloseable {

    /** Names the database, its user and its driver. */
    void configure(AgroalDataSourceConfigurationSupplier dataSource);

    /** Whether the store's tables are there already; otherwise the store makes them when it starts. */
    default boolean hasTables() {
        return false;
    }

    @Override
    void close();
}
