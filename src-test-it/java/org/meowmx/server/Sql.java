package org.meowmx.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.sql.Connection;
import java.util.List;
import org.hibernate.Session;

/** Plain SQL in the current transaction, for changes that a test makes without the store. */
@ApplicationScoped
public class Sql {

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    public Void run(String sql) {
        em.unwrap(Session.class).doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
        return null;
    }

    /**
     * Runs a statement as the owner of the tables, in a transaction of its own. The application may use the tables that the statement
     * creates.
     */
    public Void asOwner(String sql) {
        String schema = em.unwrap(Session.class).doReturningWork(Connection::getSchema);
        PostgreSqlServer.shared().execute(schema, sql);
        return null;
    }

    /** Runs a statement with question marks. */
    public void update(String sql, Object... parameters) {
        Query query = em.createNativeQuery(sql);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        query.executeUpdate();
    }

    public Object value(String sql) {
        return em.createNativeQuery(sql).getSingleResult();
    }

    public List<?> list(String sql) {
        return em.createNativeQuery(sql).getResultList();
    }

    public long number(String sql) {
        return ((Number) value(sql)).longValue();
    }
}
