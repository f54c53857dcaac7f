package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.transaction.PlainSql;

/** Counts the events between the positions of two versions of a projection. */
final class MissingEvents {

    /** A type with a wildcard may match too many events, never too few. */
    private static final String COUNT = """
            select count(*) from (
                select event.position from meowmx_checkpoints late
                join meowmx_checkpoints serving
                  on serving.subscription = ? and serving.first_slice <= late.last_slice
                 and serving.last_slice >= late.first_slice
                join meowmx_events event
                  on event.position > late.position and event.position <= serving.position
                 and event.slice between late.first_slice and late.last_slice
                 and event.slice between serving.first_slice and serving.last_slice
                 and (late.category is null or event.category = late.category)
                 and (late.types is null
                      or late.types like '#SEPARATOR#SEPARATOR%'
                      or late.types like '%#SEPARATOR' || event.type || '#SEPARATOR%' escape '')
                where late.subscription = ?
                fetch first ? rows only) missing""".replace("#SEPARATOR", Filter.SEPARATOR);

    private final EntityManager em;

    MissingEvents(EntityManager em) {
        this.em = em;
    }

    /**
     * The number of events of a version's filter that the serving version has handled and this version has not, counted
     * up to {@link SubscriptionStatus#MAX_COUNTED}. Needs a transaction.
     */
    long count(ProjectionVersion late, ProjectionVersion serving) {
        return PlainSql.query(
                        em,
                        COUNT,
                        List.of(serving.subscription(), late.subscription(), SubscriptionStatus.MAX_COUNTED),
                        row -> row.getLong(1))
                .get(0);
    }
}
