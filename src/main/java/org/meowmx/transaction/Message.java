package org.meowmx.transaction;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.meowmx.transaction.PlainSql.Query;

/**
 * Several queries that are sent to PostgreSQL together, so they cost one round trip.
 *
 * <p>They remain separate statements: they run in their order, and under READ COMMITTED each takes its snapshot when it begins. If one
 * fails, the later ones do not run, and the message throws its exception. H2 is not supported, because its driver returns one result
 * only.
 */
public final class Message {

    /** Separates two statements of a message. */
    public static final String SEPARATOR = ";\n";

    private final IdentityHashMap<Query<?>, List<?>> answers = new IdentityHashMap<>();

    private Message() {}

    /** Sends the queries, and waits for the answers. */
    public static Message send(EntityManager em, List<Query<?>> queries) {
        Message message = new Message();
        em.unwrap(Session.class).doWork(connection -> message.run(connection, queries));
        return message;
    }

    private void run(Connection connection, List<Query<?>> queries) throws SQLException {
        String sql = queries.stream().map(Query::sql).collect(Collectors.joining(SEPARATOR));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int bound = 0;
            for (Query<?> query : queries) {
                bound = PlainSql.bind(statement, query.values(), bound);
            }
            boolean hasRows = statement.execute();
            for (Query<?> query : queries) {
                if (!hasRows) {
                    throw new IllegalStateException("The database sent no answer to: " + query.sql());
                }
                try (ResultSet rows = statement.getResultSet()) {
                    answers.put(query, PlainSql.list(rows, query.mapper()));
                }
                hasRows = statement.getMoreResults();
            }
        }
    }

    /** The result of one of the queries: its mapped rows, in order. */
    @SuppressWarnings("unchecked")
    public <T> List<T> answerTo(Query<T> query) {
        List<?> answer = answers.get(query);
        if (answer == null) {
            throw new IllegalArgumentException("Not a query of this message: " + query.sql());
        }
        return (List<T>) answer;
    }
}
