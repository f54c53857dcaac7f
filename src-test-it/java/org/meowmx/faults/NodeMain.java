package org.meowmx.faults;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import org.meowmx.server.Engine;
import org.meowmx.testkit.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** A node of a cluster as a process: the engine with subscriptions that keep the ledger, until standard input ends. */
final class NodeMain {

    private NodeMain() {}

    /**
     * Runs until its parent closes its standard input.
     *
     * @param arguments URL, user and password of the database
     */
    public static void main(String[] arguments) throws Exception {
        GivenDatabase database = new GivenDatabase(arguments[0], arguments[1], arguments[2]);
        try (Engine engine = Engine.start(database, Readers.class, Ledger.class, OutsideFile.class, Breakpoint.class)) {
            while (System.in.read() >= 0) {
                // the parent says nothing, it only ends
            }
        }
    }

    private record GivenDatabase(String url, String user, String password) implements TestDatabase {

        @Override
        public void configure(AgroalDataSourceConfigurationSupplier dataSource) {
            dataSource.connectionPoolConfiguration(
                    pool -> pool.connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                            .connectionProviderClass(PGSimpleDataSource.class)
                            .principal(new NamePrincipal(user))
                            .credential(new SimplePassword(password))));
        }

        @Override
        public void close() {}
    }
}
