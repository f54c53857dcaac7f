package org.meowmx.subscription.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables of the engine, over a connection of its own that never breaks. */
final class EngineTables {

    private static final String EFFECTS = """
            create table effects (number bigint generated always as identity primary key, observer varchar not null,
                stream_id varchar not null, version bigint not null, replay boolean not null)""";

    private static final List<String> EMPTY = List.of(
            "delete from effects",
            "delete from meowmx_parked_events",
            "delete from meowmx_checkpoints",
            "delete from meowmx_projections",
            "delete from meowmx_removed_subscriptions",
            "delete from meowmx_streams",
            "truncate table meowmx_events restart identity");

    private static final String SEGMENTS = """
            select first_slice, last_slice, position, paused, attempts, retry_at, types, merge_at,
                   wanted_segments, live_after
            from meowmx_checkpoints
            where subscription = ? order by first_slice""";

    private static final String PARKED = """
            select stream_id, case when replay then -version else version end from meowmx_parked_events
            where subscription = ? order by version""";

    private static final String HANDLED = """
            select stream_id, case when replay then -version else version end from effects
            where observer = ? order by number""";

    private static final String DELETE_EFFECTS = "delete from effects where observer = ?";

    private static final String APPENDED = """
            select stream_id, cast(replace(type, 'invoiced-', '') as bigint) from meowmx_events
            where category = 'invoice' order by position""";

    private static final String REMOVED = "select subscription, 0 from meowmx_removed_subscriptions";

    private static final String SERVING = "select projection, serving from meowmx_projections where projection = ?";

    private static final String FOREIGN = """
            update meowmx_checkpoints set types = chr(31) || 'other' || chr(31), lock_version = lock_version + 1
            where subscription = ?""";

    private final Connection connection;

    EngineTables() {
        try {
            connection = FaultyDatabase.connect();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        run(EFFECTS);
    }

    void empty() {
        EMPTY.forEach(this::run);
    }

    private void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    void writeForeignFilter(String subscription) {
        update(FOREIGN, subscription);
    }

    private void update(String sql, String name) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** What is committed of a subscription. */
    ModelState state(String subscription, Instant now) {
        boolean[] foreign = new boolean[1];
        Set<Optional<ModelState.Merge>> merges = new HashSet<>();
        List<ModelState.Segment> segments = new ArrayList<>();
        read(SEGMENTS, subscription, row -> {
            segments.add(segment(row, now));
            foreign[0] = row.getString(7) != null;
            merges.add(merge(row));
        });
        if (merges.size() != 1) {
            throw new AssertionError("the segments have different merge points: " + merges);
        }
        return new ModelState(
                segments, merges.iterator().next(), effects(subscription), versions(PARKED, subscription), foreign[0]);
    }

    /** The versions of each stream whose effects an observer has committed, in this order; negative if it was a replay. */
    SortedMap<String, List<Long>> effects(String observer) {
        return versions(HANDLED, observer);
    }

    void deleteEffects(String observer) {
        update(DELETE_EFFECTS, observer);
    }

    /** What is committed of the projection. */
    ProjectionState projection(Instant now) {
        SortedMap<Integer, ProjectionState.Version> versions = new TreeMap<>();
        Set<String> retired = versions(REMOVED, null).keySet();
        for (int number : ProjectionEngine.VERSIONS) {
            String subscription = ProjectionEngine.subscription(number);
            List<ModelState.Segment> segments = new ArrayList<>();
            read(SEGMENTS, subscription, row -> segments.add(segment(row, now)));
            versions.put(
                    number,
                    new ProjectionState.Version(segments, effects(subscription), retired.contains(subscription)));
        }
        int serving = versions(SERVING, ProjectionEngine.NAME)
                .getOrDefault(ProjectionEngine.NAME, List.of(1L))
                .get(0)
                .intValue();
        return new ProjectionState(serving, versions, effects(ProjectionEngine.LIVE), versions(APPENDED, null));
    }

    private static ModelState.Segment segment(ResultSet row, Instant now) throws SQLException {
        OffsetDateTime retry = row.getObject(6, OffsetDateTime.class);
        return new ModelState.Segment(
                row.getInt(1),
                row.getInt(2),
                row.getLong(3),
                row.getLong(10),
                row.getBoolean(4),
                row.getInt(5),
                retry != null && retry.toInstant().isAfter(now));
    }

    private static Optional<ModelState.Merge> merge(ResultSet row) throws SQLException {
        long point = row.getLong(8);
        return row.wasNull() ? Optional.empty() : Optional.of(new ModelState.Merge(point, row.getInt(9)));
    }

    private SortedMap<String, List<Long>> versions(String sql, @Nullable String subscription) {
        SortedMap<String, List<Long>> versions = new TreeMap<>();
        read(sql, subscription, row -> versions.computeIfAbsent(row.getString(1), stream -> new ArrayList<>())
                .add(row.getLong(2)));
        return versions;
    }

    /** Takes a row. */
    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private void read(String sql, @Nullable String subscription, Row each) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (subscription != null) {
                statement.setString(1, subscription);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.read(rows);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
