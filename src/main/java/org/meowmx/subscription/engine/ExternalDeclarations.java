package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.engine.declaration.Backoff;
import org.meowmx.subscription.engine.declaration.FailurePolicy;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.subscription.lease.ExternalSubscription;
import org.meowmx.subscription.lease.ExternalSubscription.Failures;
import org.meowmx.transaction.PlainSql;
import org.meowmx.transaction.TransactionLimits;

/**
 * The declarations of external subscriptions in the database, whose events workers outside of the JVM handle. Every method
 * needs a transaction.
 */
final class ExternalDeclarations {

    private static final String NAMES = "select subscription from meowmx_subscriptions";

    private static final String BACKOFFS =
            "select subscription, retry_delay, max_retry_delay from meowmx_subscriptions";

    private static final String ONE = """
            select category, types, parking, max_attempts, retry_delay, max_retry_delay
            from meowmx_subscriptions where subscription = ?""";

    private static final String CHANGE = """
            update meowmx_subscriptions set category = :category, types = :types, parking = :parking,
                   max_attempts = :maxAttempts, retry_delay = :retryDelay, max_retry_delay = :maxRetryDelay
            where subscription = :subscription""";

    private static final String ADD = """
            insert into meowmx_subscriptions
                    (subscription, category, types, parking, max_attempts, retry_delay, max_retry_delay, declared_at)
            values (:subscription, :category, :types, :parking, :maxAttempts, :retryDelay, :maxRetryDelay, :now)
            on conflict do nothing""";

    private static final String RENAME = """
            update meowmx_subscriptions set subscription = :name where subscription = :subscription""";

    private static final String REMOVE = "delete from meowmx_subscriptions where subscription = :subscription";

    private final EntityManager em;
    private final Clock clock;

    ExternalDeclarations(EntityManager em, Clock clock) {
        this.em = em;
        this.clock = clock;
    }

    /** A declaration in the same form as those of observers. */
    record Declared(Subscription subscription, SubscriptionSettings settings) {

        private static Declared of(ExternalSubscription external) {
            return new Declared(
                    Subscription.atRunTime(external.name(), external.category(), external.types(), null),
                    new SubscriptionSettings(
                            new SubscriptionSettings.Creation(
                                    external.creation().segments(),
                                    external.creation().start(),
                                    null),
                            1,
                            policy(external.failures()),
                            false,
                            TransactionLimits.DEFAULT));
        }

        private static FailurePolicy policy(Failures failures) {
            Backoff backoff = new Backoff(failures.retryDelay(), failures.maxRetryDelay());
            return failures.parking()
                    ? new FailurePolicy.Park(failures.maxAttempts(), backoff)
                    : new FailurePolicy.Block(backoff);
        }

        DeclaredSegment segment(Checkpoint.Key key) {
            return new DeclaredSegment(subscription, settings, key);
        }

        Backoff backoff() {
            return settings.failures().backoff();
        }
    }

    Set<String> names() {
        return PlainSql.query(em, NAMES, List.of(), row -> row.getString(1)).stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    Optional<Declared> find(String subscription) {
        return PlainSql.query(em, ONE, List.of(subscription), row -> Declared.of(external(subscription, row))).stream()
                .findFirst();
    }

    /** The back-off of each external subscription, read by one query. */
    Function<String, Backoff> backoffs() {
        Map<String, Backoff> all = PlainSql.query(
                        em,
                        BACKOFFS,
                        List.of(),
                        row -> Map.entry(
                                row.getString(1),
                                new Backoff(Duration.ofMillis(row.getLong(2)), Duration.ofMillis(row.getLong(3)))))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        Failures defaults = Failures.DEFAULT;
        // a subscription that was deleted meanwhile has no segment to lease either
        return name -> all.getOrDefault(name, new Backoff(defaults.retryDelay(), defaults.maxRetryDelay()));
    }

    /** @throws UnknownSubscriptionException if no external subscription has this name */
    Declared existing(String subscription) {
        return find(subscription).orElseThrow(() -> new UnknownSubscriptionException(subscription));
    }

    private static ExternalSubscription external(String subscription, ResultSet row) throws SQLException {
        return new ExternalSubscription(
                subscription,
                row.getString(1),
                types(row.getString(2)),
                new ExternalSubscription.Creation(1, ReadFrom.beginning()),
                new Failures(
                        row.getBoolean(3),
                        row.getInt(4),
                        Duration.ofMillis(row.getLong(5)),
                        Duration.ofMillis(row.getLong(6))));
    }

    private static Set<String> types(@Nullable String stored) {
        return stored == null
                ? Set.of()
                : Stream.of(stored.split(Filter.SEPARATOR))
                        .filter(type -> !type.isEmpty())
                        .collect(Collectors.toSet());
    }

    /** Stores a declaration, or replaces an existing one, also if another transaction adds it at the same time. */
    Declared put(ExternalSubscription external) {
        Declared declared = Declared.of(external);
        if (write(CHANGE, declared, external.failures(), false) == 0
                && write(ADD, declared, external.failures(), true) == 0) {
            write(CHANGE, declared, external.failures(), false);
        }
        return declared;
    }

    private int write(String sql, Declared declared, Failures failures, boolean added) {
        Filter filter = declared.subscription().filter();
        var statement = em.createNativeQuery(sql)
                .setParameter("subscription", declared.subscription().name())
                .setParameter("category", filter.category())
                .setParameter("types", filter.types())
                .setParameter("parking", failures.parking())
                .setParameter("maxAttempts", failures.maxAttempts())
                .setParameter("retryDelay", failures.retryDelay().toMillis())
                .setParameter("maxRetryDelay", failures.maxRetryDelay().toMillis());
        return (added ? statement.setParameter("now", clock.instant().atOffset(ZoneOffset.UTC)) : statement)
                .executeUpdate();
    }

    /** Renames a declaration, and replaces one that has the new name. Does nothing if there is no declaration. */
    void rename(String subscription, String name) {
        if (find(subscription).isPresent()) {
            remove(name);
            em.createNativeQuery(RENAME)
                    .setParameter("subscription", subscription)
                    .setParameter("name", name)
                    .executeUpdate();
        }
    }

    void remove(String subscription) {
        em.createNativeQuery(REMOVE).setParameter("subscription", subscription).executeUpdate();
    }
}
