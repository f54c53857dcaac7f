package org.meowmx.testkit;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The equivalent of an entity manager that a server injects with {@code @PersistenceContext}: one per transaction, and
 * a new one per call without a transaction (Jakarta Persistence 3.1, section 7.6.1).
 */
record TransactionScopedEntityManager(EntityManagerFactory factory, TransactionSynchronizationRegistry registry) {

    static EntityManager of(EntityManagerFactory factory, TransactionSynchronizationRegistry registry) {
        var scoped = new TransactionScopedEntityManager(factory, registry);
        return (EntityManager) Proxy.newProxyInstance(
                EntityManager.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> scoped.call(method, arguments));
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("getEntityManagerFactory")) {
            return factory;
        }
        try {
            return method.invoke(current(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private EntityManager current() {
        int status = registry.getTransactionStatus();
        if (status != Status.STATUS_ACTIVE && status != Status.STATUS_MARKED_ROLLBACK) {
            return factory.createEntityManager();
        }
        if (registry.getResource(factory) instanceof EntityManager known) {
            return known;
        }
        EntityManager em = factory.createEntityManager();
        registry.putResource(factory, em);
        registry.registerInterposedSynchronization(new CloseAfterwards(em));
        return em;
    }

    /** Closes the entity manager with its transaction. */
    private record CloseAfterwards(EntityManager em) implements Synchronization {

        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            em.close();
        }
    }
}
