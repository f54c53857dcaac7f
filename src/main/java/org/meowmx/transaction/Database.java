package org.meowmx.transaction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The database of the persistence unit {@code meowmx}. */
@ApplicationScoped
public class Database {

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    private volatile @Nullable String product;

    /** The product's name, as its driver reports it. */
    public String product() {
        String known = product;
        if (known == null) {
            known = em.unwrap(Session.class)
                    .doReturningWork(connection -> connection.getMetaData().getDatabaseProductName());
            product = known;
        }
        return known;
    }

    public boolean isPostgreSql() {
        return product().equals("PostgreSQL");
    }

    /** The data source of the persistence unit, for connections outside of JTA; empty when the unit has none. */
    public Optional<DataSource> dataSource() {
        Object source = em.getEntityManagerFactory().getProperties().get("jakarta.persistence.jtaDataSource");
        return source instanceof DataSource found ? Optional.of(found) : Optional.empty();
    }
}
