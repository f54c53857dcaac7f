package org.meowmx.importing;

import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The form of the source's tables.
 *
 * @param plural whether the tables are called es_events and es_aggregates
 * @param idType the type of the aggregate ids
 * @param id the id of the n-th aggregate
 * @param transactionType the type of the transaction ids
 * @param first the version of an aggregate's first event
 * @param jsonType the type of the data
 * @param time another column of the events, with a comma before it, or nothing
 */
record SourceShape(
        boolean plural,
        String idType,
        IntFunction<String> id,
        String transactionType,
        int first,
        String jsonType,
        String time) {

    private static final IntFunction<String> UUIDS = "00000000-0000-4000-8000-%012d"::formatted;

    private static final Map<String, SourceShape> KNOWN = Map.of(
            "postgresql-event-sourcing", new SourceShape(false, "uuid", UUIDS, "xid8", 1, "json", ""),
            "the same with jsonb and times",
                    new SourceShape(false, "uuid", UUIDS, "xid8", 1, "jsonb", ", created_at timestamptz"),
            "meowmx", new SourceShape(false, "uuid", UUIDS, "xid8", 0, "json", ""),
            "meowmx with text ids", new SourceShape(false, "text", "zoë/%d"::formatted, "xid8", 0, "json", ""),
            "meowmx with numbers", new SourceShape(false, "bigint", Integer::toString, "xid8", 0, "jsonb", ""),
            "meowmx on SQLAlchemy", new SourceShape(true, "char(64)", "cat-%d"::formatted, "bigint", 0, "json", ""),
            "plural, versions from 1",
                    new SourceShape(
                            true, "varchar(80)", "%d"::formatted, "xid8", 1, "jsonb", ", occurred_on timestamp"));

    static Stream<String> names() {
        return KNOWN.keySet().stream().sorted();
    }

    static SourceShape of(String name) {
        return KNOWN.get(name);
    }

    String events() {
        return plural ? "es_events" : "es_event";
    }

    String aggregates() {
        return plural ? "es_aggregates" : "es_aggregate";
    }

    String timeColumn() {
        return time.isEmpty() ? "" : time.split(" ")[1];
    }
}
