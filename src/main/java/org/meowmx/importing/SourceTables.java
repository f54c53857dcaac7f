package org.meowmx.importing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the source's events and aggregates are. All texts come out of PostgreSQL's catalogue, quoted by PostgreSQL, and are
 * fit for SQL.
 *
 * @param events the table of events, with its schema
 * @param aggregates the table of aggregates, with its schema
 * @param transactionType the type of the transaction ids
 * @param idType the type of the aggregate ids
 * @param recordedAt an expression for the time of an event {@code e}; a null where there is none
 */
record SourceTables(String events, String aggregates, String transactionType, String idType, String recordedAt) {

    private static final List<String> EVENTS = List.of("es_event", "es_events");
    private static final List<String> AGGREGATES = List.of("es_aggregate", "es_aggregates");

    private static final List<String> EVENT_COLUMNS =
            List.of("id", "transaction_id", "aggregate_id", "version", "event_type", "json_data");
    private static final List<String> AGGREGATE_COLUMNS = List.of("id", "aggregate_type");

    /** Neither system has one; those who added one called it like this. */
    private static final List<String> TIMES =
            List.of("recorded_at", "created_at", "created_date", "created_on", "occurred_at", "occurred_on");

    private static final String COLUMNS = """
            select c.relname, quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname,
                   format_type(a.atttypid, a.atttypmod)
            from pg_namespace n
            join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v', 'm', 'f')
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where n.nspname = coalesce(cast(? as text), current_schema())
              and c.relname in ('es_event', 'es_events', 'es_aggregate', 'es_aggregates')""";

    /**
     * A table that was found.
     *
     * @param name with its schema
     * @param types the types of its columns
     */
    private record Table(String name, Map<String, String> types) {}

    /**
     * Looks for the tables under both spellings.
     *
     * @param schema null is the connection's current one
     * @throws ImportException when a table or a column is missing, or a table is there under both spellings
     */
    static SourceTables find(Connection connection, @Nullable String schema) throws SQLException {
        Map<String, Table> found = tables(connection, schema);
        Table events = only(found, EVENTS);
        Table aggregates = only(found, AGGREGATES);
        require(events, EVENT_COLUMNS);
        require(aggregates, AGGREGATE_COLUMNS);
        return new SourceTables(
                events.name(),
                aggregates.name(),
                type(events, "transaction_id"),
                type(events, "aggregate_id"),
                recordedAt(events));
    }

    private static Map<String, Table> tables(Connection connection, @Nullable String schema) throws SQLException {
        Map<String, Table> tables = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(2);
                    tables.computeIfAbsent(rows.getString(1), spelling -> new Table(name, new LinkedHashMap<>()))
                            .types()
                            .put(rows.getString(3), rows.getString(4));
                }
            }
        }
        return tables;
    }

    private static Table only(Map<String, Table> found, List<String> spellings) {
        List<Table> tables =
                spellings.stream().filter(found::containsKey).map(found::get).toList();
        if (tables.size() == 1) {
            return tables.get(0);
        }
        String names = String.join(tables.isEmpty() ? " or " : " and ", spellings);
        throw new ImportException(
                null,
                tables.isEmpty()
                        ? "The source's schema has no table named %s.".formatted(names)
                        : "The source's schema has both %s; move one of them to another schema.".formatted(names),
                null);
    }

    private static void require(Table table, List<String> columns) {
        List<String> missing = columns.stream()
                .filter(column -> !table.types().containsKey(column))
                .toList();
        if (!missing.isEmpty()) {
            throw new ImportException(
                    null,
                    "The source's table %s lacks the columns %s.".formatted(table.name(), String.join(", ", missing)),
                    null);
        }
    }

    private static String type(Table table, String column) {
        return table.types().getOrDefault(column, "text");
    }

    /** A time without a zone is taken for UTC. */
    private static String recordedAt(Table events) {
        return TIMES.stream()
                .filter(column -> type(events, column).startsWith("timestamp"))
                .findFirst()
                .map(column -> type(events, column).endsWith("with time zone")
                        ? "e." + column
                        : "e." + column + " at time zone 'UTC'")
                .orElse("cast(null as timestamptz)");
    }
}
