package org.meowmx.storage;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The columns and privileges that this release needs on PostgreSQL: those of the DDL and of {@code grants.sql}. The start-up
 * check requires them.
 */
final class RequiredSchema {

    static final String POSITIONS = "meowmx_events_position_seq";

    private static final List<String> READ_AND_WRITE = List.of("select", "insert", "update", "delete");

    /**
     * A table.
     *
     * @param privileges those on the whole table
     * @param columnPrivileges those on some of its columns
     */
    record Table(String name, List<String> columns, List<String> privileges, List<ColumnPrivilege> columnPrivileges) {

        private static Table of(String name, String columns, List<String> privileges, ColumnPrivilege... onColumns) {
            return new Table(name, List.of(columns.split(", ")), privileges, List.of(onColumns));
        }
    }

    /** A privilege on one column. */
    record ColumnPrivilege(String column, String privilege) {}

    static final List<Table> TABLES = List.of(
            Table.of("meowmx_log", "id, log_id, schema_version", List.of("select")),
            Table.of(
                    "meowmx_streams",
                    "category, stream_id, version",
                    List.of("select", "insert"),
                    new ColumnPrivilege("version", "update")),
            new Table(
                    "meowmx_events",
                    EventColumns.ALL,
                    List.of("select"),
                    EventColumns.INSERTED.stream()
                            .map(column -> new ColumnPrivilege(column, "insert"))
                            .toList()),
            Table.of(
                    "meowmx_checkpoints",
                    "subscription, first_slice, last_slice, position, live_after, origin, category, types, paused, attempts, "
                            + "last_failure, retry_at, node, wanted_segments, merge_at, delayed_since, operation, operation_id, operation_failure, "
                            + "lease_id, lease_to, lease_until, lease_worker, lease_parked, single_to, external, lock_version",
                    READ_AND_WRITE),
            Table.of(
                    "meowmx_subscriptions",
                    "subscription, category, types, parking, max_attempts, retry_delay, max_retry_delay, declared_at",
                    READ_AND_WRITE),
            Table.of("meowmx_removed_subscriptions", "subscription, renamed_to, removed_at", READ_AND_WRITE),
            Table.of("meowmx_projections", "projection, serving, switched_at", READ_AND_WRITE),
            Table.of(
                    "meowmx_parked_events",
                    "subscription, position, category, stream_id, version, failure, parked_at, replay",
                    READ_AND_WRITE),
            Table.of("meowmx_nodes", "instance, name, release, filters, started_at, seen_at, beat", READ_AND_WRITE),
            Table.of(
                    "meowmx_snapshots",
                    "category, stream_id, kind, version, event_id, data, taken_at",
                    READ_AND_WRITE));

    private RequiredSchema() {}

    /** SQL rows of table and column; the sequence has one as well. */
    static String columnRows() {
        return rows(table -> table.columns().stream().map(column -> row(table.name(), column)))
                + ", "
                + row(POSITIONS, "last_value");
    }

    /** SQL rows of table and privilege. */
    static String privilegeRows() {
        return rows(table -> table.privileges().stream().map(privilege -> row(table.name(), privilege)));
    }

    /** SQL rows of table, column and privilege. */
    static String columnPrivilegeRows() {
        return rows(table ->
                table.columnPrivileges().stream().map(one -> row(table.name(), one.column(), one.privilege())));
    }

    private static String rows(Function<Table, Stream<String>> ofTable) {
        return TABLES.stream().flatMap(ofTable).collect(joining(", "));
    }

    private static String row(String... names) {
        return Stream.of(names).collect(joining("', '", "('", "')"));
    }
}
