package org.meowmx.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.meowmx.EventImport;
import org.meowmx.ImportResult;
import org.meowmx.ImportedEvent;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.Engine;

/** Copies a history with events of many streams in turn, in pages of 1,000 events. */
final class ImportWorkload implements Workload {

    private static final int PAGE = 1_000;
    private static final int EVENTS_OF_A_STREAM = 20;
    private static final String BARE = "multi-row insert, columns and indexes of meowmx";
    private static final String NEW = "meowmx, new events";
    private static final String KNOWN = "meowmx, known events";

    private static final String INSERT = """
            insert into bare_history (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
            values (?, ?, ?, ?, ?, ?, cast(? as jsonb), cast(? as jsonb), ?)""";

    @Override
    public String name() {
        return "import";
    }

    @Override
    public Outcome run(Lab lab) {
        int events = lab.options().size(10_000, 100_000);
        Engine node = lab.node();
        lab.run("create table bare_history (like meowmx_events including all)");
        AtomicInteger turn = new AtomicInteger();
        Rounds rounds = new Rounds()
                .with(
                        BARE,
                        () -> CatchUpWorkload.perSecond(
                                events, () -> insert(lab, events, "bare" + turn.incrementAndGet())))
                .with(
                        NEW,
                        () -> CatchUpWorkload.perSecond(
                                events, () -> importHistory(node, events, "history" + turn.incrementAndGet())))
                .with(KNOWN, () -> {
                    String known = "known" + turn.incrementAndGet();
                    importHistory(node, events, known);
                    return CatchUpWorkload.perSecond(events, () -> events - importHistory(node, events, known));
                });
        return new Outcome(
                name(),
                "import %,d events of %,d streams".formatted(events, events / EVENTS_OF_A_STREAM),
                "events/s",
                rounds.run(lab.options()),
                List.of(Target.atLeast(0.5, NEW, BARE), Target.atLeast(0.25, KNOWN, BARE)));
    }

    /** Returns the number of new events. */
    static long importHistory(Engine node, int events, String name) {
        EventImport imports = node.get(EventImport.class);
        long stored = 0;
        for (int from = 0; from < events; from += PAGE) {
            ImportResult result = imports.store(page(name, events, from));
            stored += result.stored();
        }
        return stored;
    }

    private static List<ImportedEvent> page(String name, int events, int from) {
        int streams = Math.max(1, events / EVENTS_OF_A_STREAM);
        return IntStream.range(from, Math.min(events, from + PAGE))
                .mapToObj(number -> ImportedEvent.of(
                        StreamId.of("order", name + "-" + number % streams),
                        NewEvent.of(OrderPlaced.TYPE, OrderPlaced.example().json())
                                .withId(new UUID(name.hashCode(), number))
                                .withRecordedAt(Instant.EPOCH.plusSeconds(number))))
                .toList();
    }

    private static long insert(Lab lab, int events, String name) {
        for (int from = 0; from < events; from += PAGE) {
            insert(lab, page(name, events, from), events / EVENTS_OF_A_STREAM, from);
        }
        return events;
    }

    private static void insert(Lab lab, List<ImportedEvent> page, int streams, int from) {
        try (Connection connection = lab.plain().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (int i = 0; i < page.size(); i++) {
                    ImportedEvent event = page.get(i);
                    insert.setObject(1, event.id());
                    insert.setString(2, event.stream().category());
                    insert.setString(3, event.stream().id());
                    insert.setLong(4, (from + i) / streams + 1L);
                    insert.setInt(5, event.stream().slice());
                    insert.setString(6, OrderPlaced.TYPE);
                    insert.setString(7, OrderPlaced.example().json());
                    insert.setString(8, "{}");
                    insert.setObject(9, Instant.EPOCH.atOffset(java.time.ZoneOffset.UTC));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
