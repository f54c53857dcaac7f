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
import org.meowmx.StartupException;
import org.meowmx.StoreClock;
import org.meowmx.transaction.Database;

/** Chooses what differs between databases for the one that the data source leads to. */
@ApplicationScoped
class Databases {

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transaction;

    @Inject
    Database database;

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
        return database.dataSource()
                .orElseThrow(() -> new StartupException(
                        List.of("The persistence unit meowmx has no JTA data source: define jdbc/meowmx.")));
    }

    private boolean onPostgreSql() {
        return isPostgreSql(database.product());
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
