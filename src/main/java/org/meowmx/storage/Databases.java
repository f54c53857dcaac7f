package org.meowmx.storage;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.meowmx.StartupException;
import org.meowmx.StoreClock;

/** Chooses what differs between databases for the one that the data source leads to. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Databases {

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transaction;

    @Inject
    @StoreClock
    Clock clock;

    @Produces
    @ApplicationScoped
    Log log() {
        return onPostgreSql() ? new PostgreSqlLog(em, transaction) : new H2Log(em, transaction, clock);
    }

    @Produces
    @ApplicationScoped
    StartupCheck startupCheck() {
        return onPostgreSql() ? new PostgreSqlCheck(em) : new H2Check(em);
    }

    /** The data source of the persistence unit, for work outside of JTA. */
    DataSource dataSource() {
        Object dataSource = em.getEntityManagerFactory().getProperties().get("jakarta.persistence.jtaDataSource");
        if (dataSource instanceof DataSource found) {
            return found;
        }
        throw new StartupException(List.of("The persistence unit meowmx has no JTA data source: define jdbc/meowmx."));
    }

    private boolean onPostgreSql() {
        String product = em.unwrap(Session.class)
                .doReturningWork(connection -> connection.getMetaData().getDatabaseProductName());
        return isPostgreSql(product);
    }

    static boolean isPostgreSql(String product) {
        return switch (product) {
            case "PostgreSQL" -> true;
            case "H2" -> false;
            default ->
                throw new StartupException(
                        List.of("The data source jdbc/meowmx leads to %s; it must lead to PostgreSQL 14 or newer."
                                .formatted(product)));
        };
    }
}
