package org.meowmx.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Binds the parameters of a statement in the order of their question marks. */
final class Parameters {

    private final PreparedStatement statement;
    private int count;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    void add(Object value) throws SQLException {
        statement.setObject(++count, value);
    }

    void add(@Nullable Object value, int type) throws SQLException {
        statement.setObject(++count, value, type);
    }

    /** Adds an array with one text per item. The driver sends arrays of texts with the least work. */
    <T> void addTexts(List<T> items, Function<T, @Nullable String> text) throws SQLException {
        add(statement
                .getConnection()
                .createArrayOf("text", items.stream().map(text).toArray(String[]::new)));
    }

    /** Adds an array with one number per item. */
    <T> void addNumbers(List<T> items, ToLongFunction<T> number) throws SQLException {
        add(statement
                .getConnection()
                .createArrayOf("int8", items.stream().mapToLong(number).boxed().toArray(Long[]::new)));
    }
}
