package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.PlainSql;

/**
 * Moves checkpoints past events that their segments do not request, all of them in one statement and without a turn.
 *
 * <p>It moves only checkpoints that are still as the poll loop has read them, that no worker has claimed, and that have
 * this node's own filter. A version of a projection that does not serve must not pass the serving one, so only its turns move it. The
 * new position is that of the last known event, if the log still has that event.
 *
 * <p>If a switch commits meanwhile, the statement may still see the former version as the serving one. It then moves that version past
 * events that it does not request, which loses nothing. A switch back is refused until the serving version has passed them, too.
 */
final class IdleCheckpoints {

    /** A shorter distance costs nothing, and moving a checkpoint is a write. */
    static final long SHORTEST_MOVE = 1_000;

    /** At this distance a checkpoint is moved at once, before the distance is so long that the segment takes a turn. */
    static final long URGENT = KnownLog.SIZE / 2;

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Limits urgent moves, because a version that does not serve is not moved, so each poll would find it again. */
    private static final Duration INTERVAL_OF_URGENT = Duration.ofSeconds(1);

    private static final String MOVE = """
            with idle as (
                select checkpoint.subscription, checkpoint.first_slice
                from meowmx_checkpoints checkpoint
                join unnest(?, ?, ?, ?, ?, ?) as polled(subscription, first_slice, last_slice, position, category, types)
                  on checkpoint.subscription = polled.subscription and checkpoint.first_slice = polled.first_slice
                where checkpoint.last_slice = polled.last_slice
                  and checkpoint.position = polled.position
                  and checkpoint.category is not distinct from polled.category
                  and checkpoint.types is not distinct from polled.types
                  and not checkpoint.paused and checkpoint.attempts = 0 and checkpoint.delayed_since is null
                  and checkpoint.retry_at is null and checkpoint.merge_at is null and checkpoint.operation is null
                  and not checkpoint.external
                  and not exists (
                      select 1 from meowmx_projections p
                      where p.projection = regexp_replace(checkpoint.subscription, '@.*', '')
                        and checkpoint.subscription <>
                            case p.serving when 1 then p.projection else p.projection || '@' || p.serving end)
                  and exists (select 1 from meowmx_events event where event.position = ? and event.event_id = ?)
                for update of checkpoint skip locked),
            moved as (
                update meowmx_checkpoints checkpoint
                set position = ?, live_after = greatest(checkpoint.live_after, ?), lock_version = checkpoint.lock_version + 1
                from idle
                where checkpoint.subscription = idle.subscription and checkpoint.first_slice = idle.first_slice
                returning checkpoint.subscription)
            select count(*) from moved""";

    private final EntityManager em;
    private final ClaimTransaction claimTransaction;
    private final Database database;
    private final SubscriptionRegistry registry;
    /** A checkpoint that is far from the end of the log may be moved at once after the start. */
    private long lastMove = System.nanoTime() - INTERVAL_OF_URGENT.toNanos();

    IdleCheckpoints(
            EntityManager em, ClaimTransaction claimTransaction, Database database, SubscriptionRegistry registry) {
        this.em = em;
        this.claimTransaction = claimTransaction;
        this.database = database;
        this.registry = registry;
    }

    /**
     * Moves the checkpoints that the last poll found idle, once a minute, or once a second if a checkpoint is far from the end of the
     * log. Does nothing on H2. Returns how many checkpoints were moved.
     */
    long move(DueSegments polled) {
        KnownLog.Event last = polled.known().last();
        if (last == null || !database.isPostgreSql()) {
            return 0;
        }
        Duration since = Duration.ofNanos(System.nanoTime() - lastMove);
        if (!isTimely(since, () -> polled.idle(URGENT).stream().anyMatch(this::hasOwnFilter))) {
            return 0;
        }
        lastMove = System.nanoTime();
        List<PolledSegment> idle =
                polled.idle(SHORTEST_MOVE).stream().filter(this::hasOwnFilter).toList();
        return idle.isEmpty() ? 0 : claimTransaction.run(() -> move(idle, last));
    }

    /** Whether checkpoints are moved, this time after the last move. */
    static boolean isTimely(Duration since, BooleanSupplier urgent) {
        return since.compareTo(INTERVAL) >= 0 || (since.compareTo(INTERVAL_OF_URGENT) >= 0 && urgent.getAsBoolean());
    }

    private boolean hasOwnFilter(PolledSegment segment) {
        return registry.subscription(segment.subscription()).filter().equals(segment.filter());
    }

    private long move(List<PolledSegment> idle, KnownLog.Event last) {
        List<Object> values = List.of(
                column("text", idle, PolledSegment::subscription),
                column("int4", idle, segment -> segment.slices().first()),
                column("int4", idle, segment -> segment.slices().last()),
                column("int8", idle, PolledSegment::position),
                column("text", idle, segment -> segment.filter().category()),
                column("text", idle, segment -> segment.filter().types()),
                last.position(),
                last.id(),
                last.position(),
                last.position());
        return PlainSql.query(em, MOVE, values, row -> row.getLong(1)).get(0);
    }

    private static PlainSql.Elements column(
            String type, List<PolledSegment> idle, Function<PolledSegment, @Nullable Object> value) {
        return new PlainSql.Elements(type, idle.stream().map(value).toList());
    }
}
