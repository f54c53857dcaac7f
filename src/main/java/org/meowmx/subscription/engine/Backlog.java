package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.meowmx.EventStore;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.PlainSql;

/** Answers whether a subscription has handled the events up to a position. */
final class Backlog {

    /**
     * An event that a segment requests and has not read yet. A type with a wildcard may match too many events, never
     * too few.
     */
    private static final String UNREAD = """
            event.position > checkpoint.position
            and event.slice between checkpoint.first_slice and checkpoint.last_slice
            and (checkpoint.category is null or event.category = checkpoint.category)
            and (checkpoint.types is null
                 or checkpoint.types like '#SEPARATOR#SEPARATOR%'
                 or checkpoint.types like '%#SEPARATOR' || event.type || '#SEPARATOR%' escape '')""".replace("#SEPARATOR", Filter.SEPARATOR);

    /** A name without a version means the serving version. The result is null if there is no checkpoint. */
    private static final String ALL_READ = """
            select min(case when exists (select 1 from meowmx_events event where event.position <= ? and #UNREAD)
                            then 0 else 1 end)
            from meowmx_checkpoints checkpoint
            where checkpoint.subscription = coalesce(
                (select case serving when 1 then projection else projection || '@' || serving end
                 from meowmx_projections where projection = ?), ?)""".replace("#UNREAD", UNREAD);

    private final EntityManager em;
    private final OwnTransaction ownTransaction;
    private final EventStore events;

    Backlog(EntityManager em, OwnTransaction ownTransaction, EventStore events) {
        this.em = em;
        this.ownTransaction = ownTransaction;
        this.events = events;
    }

    /**
     * Whether a subscription has a checkpoint, and has handled every event that it requests, up to a position. The name of a
     * projection means its serving version. Must be called without a transaction, which might itself hold back the high-water mark.
     */
    boolean hasHandled(String subscription, long position) {
        return events.highWaterMark() >= position
                && ownTransaction.run(() -> PlainSql.query(
                                em, ALL_READ, List.of(position, subscription, subscription), row -> row.getInt(1) == 1)
                        .get(0));
    }
}
