package org.meowmx.subscription.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.transaction.ClaimTransaction;

/** Reads the status of subscriptions from their checkpoints. */
final class StatusReader {

    private final Nodes nodes;
    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final ParkedEvents parkedEvents;
    private final RemovedSubscriptions removed;
    private final Backlog backlog;

    StatusReader(
            Nodes nodes,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            ParkedEvents parkedEvents,
            RemovedSubscriptions removed,
            Backlog backlog) {
        this.nodes = nodes;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.parkedEvents = parkedEvents;
        this.removed = removed;
        this.backlog = backlog;
    }

    /** The status of every subscription that has a checkpoint, or is declared although it was removed, by name. */
    List<SubscriptionStatus> all() {
        return claimTransaction.run(this::read);
    }

    private List<SubscriptionStatus> read() {
        Set<String> declared = nodes.declared();
        Map<String, List<Checkpoint>> bySubscription = checkpoints.all().stream()
                .collect(Collectors.groupingBy(
                        checkpoint -> checkpoint.key().subscription(), LinkedHashMap::new, Collectors.toList()));
        Stream<SubscriptionStatus> existing =
                bySubscription.entrySet().stream().map(entry -> status(entry.getKey(), entry.getValue(), declared));
        Stream<SubscriptionStatus> held = removed.all().keySet().stream()
                .filter(name -> declared.contains(name) && !bySubscription.containsKey(name))
                .map(StatusReader::held);
        return Stream.concat(existing, held)
                .sorted(Comparator.comparing(SubscriptionStatus::name))
                .toList();
    }

    private static SubscriptionStatus held(String subscription) {
        return new SubscriptionStatus(subscription, State.REMOVED, true, List.of(), 1, 0, Duration.ZERO, 0, null);
    }

    /** @throws UnknownSubscriptionException if the subscription has no checkpoint */
    SubscriptionStatus of(String subscription) {
        return claimTransaction.run(() -> read(subscription));
    }

    private SubscriptionStatus read(String subscription) {
        Set<String> declared = nodes.declared();
        List<Checkpoint> segments = checkpoints.of(subscription);
        if (segments.isEmpty()
                && declared.contains(subscription)
                && removed.all().containsKey(subscription)) {
            return held(subscription);
        }
        return status(subscription, checkpoints.existing(subscription), declared);
    }

    private SubscriptionStatus status(String subscription, List<Checkpoint> segments, Set<String> declared) {
        Backlog.Lag lag = backlog.lag(subscription);
        State worst = segments.stream()
                .map(Checkpoint::state)
                .max(Comparator.naturalOrder())
                .orElse(State.RUNNING);
        RequestedOperation operation = segments.get(0).operation();
        return new SubscriptionStatus(
                subscription,
                worst,
                declared.contains(subscription),
                segments.stream().map(Checkpoint::status).toList(),
                segments.get(0).wantedSegments().orElse(segments.size()),
                lag.events(),
                lag.age(),
                parkedEvents.countStreams(subscription),
                operation == null ? null : operation.description());
    }
}
