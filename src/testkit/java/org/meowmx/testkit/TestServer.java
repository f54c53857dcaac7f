package org.meowmx.testkit;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The parts of an application server that the engine requires: JTA, a data source, an entity manager and an executor.
 * {@link MeowmxTest} creates one per test method.
 */
public final class TestServer implements AutoCloseable {

    private static final String STORE = "meowmx";
    private static final int CONNECTIONS = 40;

    static {
        // no transaction log on disk: nothing is recovered after a test
        for (String store : new String[] {null, "stateStore", "communicationStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreType(VolatileStore.class.getName());
        }
    }

    private final TestDatabase database;
    private final AgroalDataSource dataSource;
    private final Map<String, EntityManagerFactory> factories = new ConcurrentHashMap<>();
    private final TransactionSynchronizationRegistry registry;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(16);

    /** Starts the parts on a database, which {@link #close} closes. */
    public TestServer(TestDatabase database) {
        this.database = database;
        this.registry = jtaPropertyManager.getJTAEnvironmentBean().getTransactionSynchronizationRegistry();
        this.dataSource = dataSource(database, registry);
    }

    private static AgroalDataSource dataSource(TestDatabase database, TransactionSynchronizationRegistry registry) {
        AgroalDataSourceConfigurationSupplier configuration = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(CONNECTIONS)
                        .acquisitionTimeout(Duration.ofSeconds(10))
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .transactionIntegration(
                                new NarayanaTransactionIntegration(TransactionManager.transactionManager(), registry)));
        database.configure(configuration);
        try {
            return AgroalDataSource.from(configuration);
        } catch (SQLException e) {
            throw new IllegalStateException("The data source for the test could not be created", e);
        }
    }

    /** The registry of the current JTA transaction. */
    public TransactionSynchronizationRegistry registry() {
        return registry;
    }

    /**
     * A transaction-scoped entity manager of a persistence unit. The tables of every unit except the store's own are
     * created from its classes.
     *
     * @throws jakarta.persistence.PersistenceException if a table cannot be created; its cause names the statement
     */
    public EntityManager entityManager(String unit) {
        return TransactionScopedEntityManager.of(factories.computeIfAbsent(unit, this::factory), registry);
    }

    private EntityManagerFactory factory(String unit) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("jakarta.persistence.jtaDataSource", dataSource);
        properties.put("hibernate.transaction.jta.platform", "JBossTS");
        if (!unit.equals(STORE)) {
            properties.put("hibernate.hbm2ddl.auto", "update");
            properties.put("hibernate.hbm2ddl.halt_on_error", "true");
        }
        return Persistence.createEntityManagerFactory(unit, properties);
    }

    /** The managed executor; it supports the methods of Java SE's executors only. */
    public ManagedScheduledExecutorService executor() {
        return TestExecutor.over(threads);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        factories.values().forEach(EntityManagerFactory::close);
        dataSource.close();
        database.close();
    }
}
