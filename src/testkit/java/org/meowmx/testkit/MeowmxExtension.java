package org.meowmx.testkit;

import jakarta.persistence.PersistenceContext;
import java.lang.reflect.Field;
import java.util.List;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldJunit5Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Starts and stops the container and the resources that {@link MeowmxTest} describes. */
class MeowmxExtension extends WeldJunit5Extension {

    private static final Namespace NAMESPACE = Namespace.create(MeowmxExtension.class);

    @Override
    protected void weldInit(ExtensionContext context, Weld weld, WeldInitiator.Builder builder) {
        QuietLogs.begin();
        MeowmxTest test = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), MeowmxTest.class)
                .orElseThrow(() -> new IllegalStateException("The test class has no @MeowmxTest"));
        TestDatabase database = ReflectionSupport.newInstance(test.database());
        TestConfigSource.use(database.hasTables() ? "validate" : "migrate", test.config());
        TestServer server = new TestServer(database);
        context.getStore(NAMESPACE).put(TestServer.class, server);
        weld.enableDiscovery()
                .addBeanClasses(test.beans())
                .addBeanClasses(SubscriptionScenario.class, TestClock.class)
                .addServices(new JtaServices());
        builder.setPersistenceContextFactory(point -> server.entityManager(
                point.getAnnotated().getAnnotation(PersistenceContext.class).unitName()));
        builder.bindResource("java:comp/TransactionSynchronizationRegistry", server.registry());
        builder.bindResource("java:comp/DefaultManagedScheduledExecutorService", server.executor());
        // the executors in which the server WAR writes to live readers and workers
        builder.bindResource("java:module/concurrent/meowmx-live", server.executor());
        builder.bindResource("java:module/concurrent/meowmx-workers", server.executor());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        super.afterEach(context);
        TestServer server = context.getStore(NAMESPACE).remove(TestServer.class, TestServer.class);
        if (server != null) {
            server.close();
        }
    }

    /** Accepts a test class without a {@code WeldInitiator} field. */
    @Override
    protected void validateInitiator(List<Field> fields) {}
}
