package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.util.List;
import org.meowmx.StartupException;

/**
 * The supported databases and where this package differs for them. To support another one, add a constant here, a {@link Log}, a
 * {@link StartupCheck}, and a folder with its DDL. The Javadoc of this package lists the places in other packages.
 */
enum Dialect {
    POSTGRESQL("postgresql") {

        @Override
        Log log(EntityManager em, TransactionSynchronizationRegistry registry, Clock clock) {
            return new PostgreSqlLog(em, registry);
        }

        @Override
        PositionGuard guard() {
            return PositionGuard.on();
        }

        @Override
        StartupCheck check(EntityManager em) {
            return new PostgreSqlCheck(em);
        }

        /** Compressed data can be a hundred times as large in memory. */
        @Override
        String dataSize() {
            return """
                    case when pg_column_compression(event.data) is null
                         then pg_column_size(event.data) else octet_length(cast(event.data as text)) end""";
        }

        @Override
        String isSmall(int bytes) {
            return "pg_column_compression(event.data) is null and pg_column_size(event.data) <= " + bytes;
        }

        /** The same expression as in the index {@code meowmx_events_correlation}. */
        @Override
        String hasCorrelationId() {
            return "event.metadata ->> 'correlationId' = ?";
        }
    },

    /** For tests. */
    H2("h2") {

        @Override
        Log log(EntityManager em, TransactionSynchronizationRegistry registry, Clock clock) {
            return new H2Log(em, registry, clock);
        }

        @Override
        PositionGuard guard() {
            return PositionGuard.off();
        }

        @Override
        StartupCheck check(EntityManager em) {
            return new H2Check(em);
        }

        @Override
        String dataSize() {
            return "char_length(event.data)";
        }

        @Override
        String isSmall(int bytes) {
            return dataSize() + " <= " + bytes;
        }

        @Override
        String hasCorrelationId() {
            return """
                    (event.metadata)."correlationId" = cast(cast(? as varchar) as json)""";
        }
    };

    private final String folder;

    Dialect(String folder) {
        this.folder = folder;
    }

    /**
     * The dialect of a database.
     *
     * @param product the product's name, as its JDBC driver reports it
     * @throws StartupException when the product is not supported
     */
    static Dialect of(String product) {
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> H2;
            default ->
                throw new StartupException(
                        List.of("The data source jdbc/meowmx leads to %s; it must lead to PostgreSQL 14 or newer."
                                .formatted(product)));
        };
    }

    /** The name of the folder that holds the DDL of this database. */
    String folder() {
        return folder;
    }

    abstract Log log(EntityManager em, TransactionSynchronizationRegistry registry, Clock clock);

    abstract PositionGuard guard();

    abstract StartupCheck check(EntityManager em);

    /** SQL expression: the approximate size in memory of the data of {@code event}, in bytes. */
    abstract String dataSize();

    /**
     * SQL condition: whether the data of {@code event} certainly takes no more than this number of bytes. It is evaluated for
     * each row, so it is cheap.
     */
    abstract String isSmall(int bytes);

    /** SQL condition with one parameter: whether the metadata of {@code event} has that correlation id. */
    abstract String hasCorrelationId();
}
