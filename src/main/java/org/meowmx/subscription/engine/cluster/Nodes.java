package org.meowmx.subscription.engine.cluster;

import jakarta.persistence.EntityManager;
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
 * The application instances that share the database. Each one has a row with the filters that it requests, and a
 * counter that it increments with every heartbeat.
 */
public final class Nodes {

    /** The number of missed heartbeats after which a peer is regarded as dead. */
    private static final int DEAD_AFTER = 3;

    /** The number of missed heartbeats after which the row of a peer is deleted. */
    private static final int DELETED_AFTER = 60;

    private static final String ALL = "select node from RunningNode node order by node.name, node.startedAt";

    private static final String HEARTBEAT = """
            update RunningNode node set node.beat = node.beat + 1, node.seenAt = :now where node.instance = :instance""";

    private static final String REMOVE = "delete from RunningNode node where node.instance = :instance";

    private final EntityManager em;
    private final ClaimTransaction claimTransaction;
    private final Node node;
    private final SubscriptionRegistry registry;
    private final PeerLiveness liveness = new PeerLiveness();
    private final Instant started = now();

    public Nodes(EntityManager em, ClaimTransaction claimTransaction, Node node, SubscriptionRegistry registry) {
        this.em = em;
        this.claimTransaction = claimTransaction;
        this.node = node;
        this.registry = registry;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private Duration heartbeats(int missed) {
        return registry.node().heartbeat().multipliedBy(missed);
    }

    /**
     * Sends a heartbeat of this instance. The first one registers it. Also deletes the rows of peers that have been
     * dead for a long time.
     */
    public void sendHeartbeat() {
        claimTransaction.run(() -> {
            int renewed = em.createQuery(HEARTBEAT)
                    .setParameter("now", now())
                    .setParameter("instance", node.instance())
                    .executeUpdate();
            if (renewed == 0) {
                em.persist(new RunningNode(node, registry.filters(), started, now()));
            }
            rows().stream().filter(row -> !isAlive(row, DELETED_AFTER)).forEach(this::delete);
            return renewed;
        });
    }

    /** Stores the filters of this instance again, because a subscription was declared or has ended at run time. */
    public void publishFilters() {
        claimTransaction.run(() -> {
            RunningNode row = em.find(RunningNode.class, node.instance());
            if (row != null) {
                row.useFilters(registry.filters());
            }
            return node;
        });
    }

    /** Reads all rows, and records which counters have moved. */
    private List<RunningNode> rows() {
        List<RunningNode> rows = em.createQuery(ALL, RunningNode.class).getResultList();
        long nanos = System.nanoTime();
        rows.forEach(row -> liveness.observe(row.instance(), row.beat(), nanos));
        return rows;
    }

    private boolean isAlive(RunningNode row, int missed) {
        return liveness.isAlive(row.instance(), heartbeats(missed), System.nanoTime());
    }

    private boolean isAlive(RunningNode row) {
        return isAlive(row, DEAD_AFTER);
    }

    private void delete(RunningNode row) {
        em.remove(row);
        liveness.forget(row.instance());
    }

    /** The other instances that are alive. Needs a transaction. */
    public List<RunningNode> others() {
        return rows().stream()
                .filter(this::isAlive)
                .filter(row -> !row.instance().equals(node.instance()))
                .toList();
    }

    /** The subscriptions that an observer of this or another running instance declares. Needs a transaction. */
    public Set<String> declared() {
        return Stream.concat(registry.names().stream(), others().stream().flatMap(row -> row.subscriptions().stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All registered instances, by name. */
    public List<NodeStatus> all() {
        return claimTransaction.run(
                () -> rows().stream().map(row -> row.status(isAlive(row))).toList());
    }

    /** Deletes the row of this instance. */
    public void deregister() {
        claimTransaction.run(() ->
                em.createQuery(REMOVE).setParameter("instance", node.instance()).executeUpdate());
    }
}
