package org.meowmx.contract;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.hibernate.Session;

/** Plain SQL in the transaction at hand, for what a test does behind the store's back. */
@ApplicationScoped
class Sql {

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    Void run(String sql) {
        em.unwrap(Session.class).doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
        return null;
    }

    long number(String sql) {
        return ((Number) em.createNativeQuery(sql).getSingleResult()).longValue();
    }
}
