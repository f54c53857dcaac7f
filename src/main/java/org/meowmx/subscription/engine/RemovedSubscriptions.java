package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meowmx.transaction.PlainSql;

/**
 * The names of subscriptions that were renamed or deleted on purpose. A node that still declares such a name does not create
 * its checkpoints again: its observers would handle the whole log a second time. Every method needs a transaction.
 */
final class RemovedSubscriptions {

    private static final String ALL = "select subscription, renamed_to from meowmx_removed_subscriptions";

    private static final String REMOVE = "delete from meowmx_removed_subscriptions where subscription = :subscription";

    private static final String ADD = """
            insert into meowmx_removed_subscriptions (subscription, renamed_to, removed_at)
            values (:subscription, :renamedTo, :now)""";

    private final EntityManager em;
    private final Clock clock;

    RemovedSubscriptions(EntityManager em, Clock clock) {
        this.em = em;
        this.clock = clock;
    }

    /** All removed names, each with the name that it was renamed to, if it was. */
    Map<String, Optional<String>> all() {
        record Removal(String subscription, Optional<String> renamedTo) {}
        return PlainSql.query(
                        em, ALL, List.of(), row -> new Removal(row.getString(1), Optional.ofNullable(row.getString(2))))
                .stream()
                .collect(Collectors.toMap(Removal::subscription, Removal::renamedTo));
    }

    /** @param renamedTo the new name; null if the subscription is deleted */
    void add(String subscription, @Nullable String renamedTo) {
        remove(subscription);
        em.createNativeQuery(ADD)
                .setParameter("subscription", subscription)
                .setParameter("renamedTo", renamedTo)
                .setParameter("now", clock.instant().atOffset(ZoneOffset.UTC))
                .executeUpdate();
    }

    /** Allows a name again; returns whether it was removed. */
    boolean remove(String subscription) {
        return em.createNativeQuery(REMOVE)
                        .setParameter("subscription", subscription)
                        .executeUpdate()
                > 0;
    }
}
