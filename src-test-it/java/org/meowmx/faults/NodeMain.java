package org.meowmx.faults;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceContext;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jboss.weld.injection.spi.JpaInjectionServices;
import org.jboss.weld.injection.spi.ResourceInjectionServices;
import org.jboss.weld.injection.spi.ResourceReference;
import org.jboss.weld.injection.spi.ResourceReferenceFactory;
import org.jboss.weld.injection.spi.helpers.SimpleResourceReference;
import org.meowmx.testkit.JtaServices;
import org.meowmx.testkit.TestDatabase;
import org.meowmx.testkit.TestServer;
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
        TestServer server = new TestServer(new GivenDatabase(arguments[0], arguments[1], arguments[2]));
        Weld weld = new Weld()
                .enableDiscovery()
                .addBeanClasses(Readers.class, Ledger.class, OutsideFile.class, Breakpoint.class)
                .addServices(new JtaServices(), new Jpa(server), new Resources(server));
        try (WeldContainer container = weld.initialize()) {
            while (System.in.read() >= 0) {
                // the parent says nothing, it only ends
            }
        } finally {
            server.close();
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

    private record Jpa(TestServer server) implements JpaInjectionServices {

        @Override
        public ResourceReferenceFactory<EntityManager> registerPersistenceContextInjectionPoint(InjectionPoint point) {
            String unit =
                    point.getAnnotated().getAnnotation(PersistenceContext.class).unitName();
            return () -> new SimpleResourceReference<>(server.entityManager(unit));
        }

        @Override
        public ResourceReferenceFactory<EntityManagerFactory> registerPersistenceUnitInjectionPoint(
                InjectionPoint point) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cleanup() {}
    }

    private record Resources(TestServer server) implements ResourceInjectionServices {

        @Override
        public ResourceReferenceFactory<Object> registerResourceInjectionPoint(InjectionPoint point) {
            boolean executor = point.getType().getTypeName().contains("Executor");
            ResourceReference<Object> found =
                    new SimpleResourceReference<>(executor ? server.executor() : server.registry());
            return () -> found;
        }

        @Override
        public ResourceReferenceFactory<Object> registerResourceInjectionPoint(String jndiName, String mappedName) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cleanup() {}
    }
}
