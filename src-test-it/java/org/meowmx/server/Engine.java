package org.meowmx.server;

import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceContext;
import java.util.List;
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

/** A node in plain Java: the engine and some beans in a separate CDI container. One JVM may have several nodes. */
public final class Engine implements AutoCloseable {

    private final TestServer server;
    private final WeldContainer container;

    private Engine(TestServer server, WeldContainer container) {
        this.server = server;
        this.container = container;
    }

    /** Starts a node with these beans. */
    public static Engine start(TestDatabase database, Class<?>... beans) {
        return start(database, List.of(), beans);
    }

    /** Starts a node with these beans and extensions. */
    public static Engine start(TestDatabase database, List<Extension> extensions, Class<?>... beans) {
        TestServer server = new TestServer(database);
        Weld weld = new Weld()
                .enableDiscovery()
                .addBeanClasses(beans)
                .addExtensions(extensions.toArray(Extension[]::new))
                .addServices(new JtaServices(), new Jpa(server), new Resources(server));
        return new Engine(server, weld.initialize());
    }

    /** A bean of the node. */
    public <T> T get(Class<T> type) {
        return container.select(type).get();
    }

    /** The entity manager of a persistence unit on the node's data source. */
    public EntityManager entityManager(String unit) {
        return server.entityManager(unit);
    }

    @Override
    public void close() {
        container.close();
        server.close();
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
