package org.meowmx.subscription.engine.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meowmx.subscription.NodeStatus;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.ClaimTransaction;

/**
 * The application instances that share the database. Each has a row that tells what it asks for, and counts up in it as long
 * as it runs.
 */
@ApplicationScoped
public class Nodes {

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
    ClaimTransaction transactions;

    @Inject
    Node node;

    @Inject
    SubscriptionRegistry catalog;

    private final PeerLiveness pulses = new PeerLiveness();
    private final Instant started = now();

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private Duration silent(int intervals) {
        return catalog.node().heartbeat().multipliedBy(intervals);
    }

    /** Gives a sign of this instance, the first of which makes it known, and forgets those that have long given none. */
    public void beat() {
        transactions.run(() -> {
            int renewed = em.createQuery(BEAT)
                    .setParameter("now", now())
                    .setParameter("instance", node.instance())
                    .executeUpdate();
            if (renewed == 0) {
                em.persist(new RunningNode(node, catalog.filters(), started, now()));
            }
            rows().stream()
                    .filter(row -> !hasGivenSignsWithin(silent(FORGOTTEN), row))
                    .forEach(this::forget);
            return renewed;
        });
    }

    /** Every look at the rows notes whose beat goes on. */
    private List<RunningNode> rows() {
        List<RunningNode> rows = em.createQuery(ALL, RunningNode.class).getResultList();
        long nanos = System.nanoTime();
        rows.forEach(row -> pulses.see(row.instance(), row.beat(), nanos));
        return rows;
    }

    private boolean hasGivenSignsWithin(Duration silence, RunningNode row) {
        return pulses.isAlive(row.instance(), silence, System.nanoTime());
    }

    private boolean isAlive(RunningNode row) {
        return hasGivenSignsWithin(silent(SILENT), row);
    }

    private void forget(RunningNode row) {
        em.remove(row);
        pulses.forget(row.instance());
    }

    /** The living instances but this one; needs a transaction. */
    public List<RunningNode> others() {
        return rows().stream()
                .filter(this::isAlive)
                .filter(row -> !row.instance().equals(node.instance()))
                .toList();
    }

    /** The subscriptions that an observer of this or another living instance names; needs a transaction. */
    public Set<String> declared() {
        return Stream.concat(catalog.names().stream(), others().stream().flatMap(row -> row.subscriptions().stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All instances that are known, by name. */
    public List<NodeStatus> all() {
        return transactions.run(
                () -> rows().stream().map(row -> row.status(isAlive(row))).toList());
    }

    /** Ends the membership of this instance. */
    public void leave() {
        transactions.run(() ->
                em.createQuery(REMOVE).setParameter("instance", node.instance()).executeUpdate());
    }
}
