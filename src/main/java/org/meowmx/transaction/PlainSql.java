package org.meowmx.transaction;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hibernate.Session;

/**
 * Queries on the connection of a persistence context, and so in its transaction. They are for SQL that JPQL cannot express, and for
 * frequent queries where the mapping by Hibernate would cost more than the database.
 */
public final class PlainSql {

    private PlainSql() {}

    /** Maps a row to a result. */
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /**
     * The value of {@code any(?)}.
     *
     * @param type the type of an element, by its name in the database
     */
    public record Elements(String type, Collection<?> elements) {

        java.sql.Array array(Connection connection) throws SQLException {
            return connection.createArrayOf(type, elements.toArray());
        }
    }

    /**
     * A query.
     *
     * @param values one for each question mark
     * @param mapper maps each row to a result
     */
    public record Query<T>(String sql, List<?> values, RowMapper<T> mapper) {

        List<T> run(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, values, 0);
                try (ResultSet rows = statement.executeQuery()) {
                    return list(rows, mapper);
                }
            }
        }
    }

    /**
     * Runs a query.
     *
     * @param values one for each question mark
     * @return the mapped rows, in order
     */
    public static <T> List<T> query(EntityManager em, String sql, List<?> values, RowMapper<T> mapper) {
        return query(em, new Query<>(sql, values, mapper));
    }

    /** Runs a query and returns its mapped rows, in order. */
    public static <T> List<T> query(EntityManager em, Query<T> query) {
        return em.unwrap(Session.class).doReturningWork(query::run);
    }

    /** Binds values, and returns the number of the last parameter that has one. */
    static int bind(PreparedStatement statement, List<?> values, int before) throws SQLException {
        int count = before;
        for (Object value : values) {
            Object bound = value instanceof Elements many ? many.array(statement.getConnection()) : value;
            statement.setObject(++count, bound);
        }
        return count;
    }

    static <T> List<T> list(ResultSet rows, RowMapper<T> mapper) throws SQLException {
        List<T> list = new ArrayList<>();
        while (rows.next()) {
            list.add(mapper.map(rows));
        }
        return list;
    }
}
