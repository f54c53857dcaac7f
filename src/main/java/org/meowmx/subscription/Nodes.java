package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.meowmx.NodeStatus;

/**
 * The application instances that share the database. Each has a row that tells what it asks for, and counts up in it as long
 * as it runs.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Nodes {

    /** After so many of its intervals without a sign an instance counts as dead, */
    private static final int SILENT = 3;

    /** and after so many its row is deleted. */
    private static final int FORGOTTEN = 60;

    private static final String ALL = "select node from RunningNode node order by node.name, node.startedAt";

    private static final String BEAT = """
            update RunningNode node set node.beat = node.beat + 1, node.seenAt = :now where node.instance = :instance""";

    private static final String REMOVE = "delete from RunningNode node where node.instance = :instance";

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    ReadCommitted transactions;

    @Inject
    Node node;

    @Inject
    @ConfigProperty(name = "meowmx.subscription.heartbeat", defaultValue = "PT10S")
    Duration interval;

    private final Pulses pulses = new Pulses();
    private final Instant started = now();
    private volatile Map<String, Filter> filters = Map.of();
    private volatile Set<UUID> living = Set.of();
    private volatile long lastBeat = System.nanoTime();

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    Duration interval() {
        return interval;
    }

    /** Makes this instance known, and what it asks for under each subscription's name. */
    void join(Map<String, Filter> asked) {
        filters = Map.copyOf(asked);
        transactions.run(() -> {
            persist();
            return node;
        });
    }

    private void persist() {
        em.persist(new RunningNode(node, filters, started, now()));
    }

    /**
     * Gives a sign of this instance, and looks at those of the others.
     *
     * @return whether others have come or gone since the last time, or may have taken this one for dead meanwhile
     */
    boolean beat() {
        return transactions.run(() -> {
            int renewed = em.createQuery(BEAT)
                    .setParameter("now", now())
                    .setParameter("instance", node.instance())
                    .executeUpdate();
            if (renewed == 0) {
                persist();
            }
            return look(System.nanoTime());
        });
    }

    private boolean look(long nanos) {
        List<RunningNode> rows = rows();
        rows.forEach(row -> pulses.see(row.instance(), row.beat(), nanos));
        rows.stream()
                .filter(row -> !pulses.isAlive(row.instance(), interval.multipliedBy(FORGOTTEN), nanos))
                .forEach(this::forget);
        Set<UUID> before = living;
        living = rows.stream()
                .filter(row -> isAlive(row, nanos))
                .map(RunningNode::instance)
                .collect(Collectors.toUnmodifiableSet());
        boolean wasSilent = nanos - lastBeat > interval.multipliedBy(SILENT).toNanos();
        lastBeat = nanos;
        return wasSilent || !living.equals(before);
    }

    private List<RunningNode> rows() {
        return em.createQuery(ALL, RunningNode.class).getResultList();
    }

    private boolean isAlive(RunningNode row, long nanos) {
        return pulses.isAlive(row.instance(), interval.multipliedBy(SILENT), nanos);
    }

    private void forget(RunningNode row) {
        em.remove(row);
        pulses.forget(row.instance());
    }

    /** All that any living instance asks for under a subscription's name, this one's wishes included; needs a transaction. */
    Filter widest(Subscription subscription) {
        long nanos = System.nanoTime();
        Filter widest = subscription.filter();
        for (RunningNode row : rows()) {
            Filter filter = row.filter(subscription.name());
            if (filter != null && !row.instance().equals(node.instance()) && isAlive(row, nanos)) {
                widest = widest.union(filter);
            }
        }
        return widest;
    }

    /** All instances that are known, by name. */
    List<NodeStatus> all() {
        long nanos = System.nanoTime();
        return transactions.run(() ->
                rows().stream().map(row -> row.status(isAlive(row, nanos))).toList());
    }

    /** Ends the membership of this instance. */
    void leave() {
        transactions.run(() ->
                em.createQuery(REMOVE).setParameter("instance", node.instance()).executeUpdate());
    }
}
