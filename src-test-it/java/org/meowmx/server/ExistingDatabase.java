package org.meowmx.server;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import org.meowmx.testkit.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that the caller creates and drops. */
public record ExistingDatabase(String url, String user, String password) implements TestDatabase {

    @Override
    public void configure(AgroalDataSourceConfigurationSupplier dataSource) {
        dataSource.connectionPoolConfiguration(
                pool -> pool.connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                        .connectionProviderClass(PGSimpleDataSource.class)
                        .principal(new NamePrincipal(user))
                        .credential(new SimplePassword(password))));
    }

    @Override
    public boolean hasTables() {
        return true;
    }

    @Override
    public void close() {}
}
