package org.meowmx.subscription.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.concurrent.SharedResult;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.SubscriptionStatus.Version;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.transaction.ClaimTransaction;

/** Reads the status of subscriptions from their checkpoints. */
final class StatusReader {

    /** The time for which callers share one list, because consoles and monitors poll it. */
    private static final Duration SHARED = Duration.ofSeconds(2);

    private final Nodes nodes;
    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final ParkedEvents parkedEvents;
    private final RemovedSubscriptions removed;
    private final LagReader lagReader;
    private final VersionReader versionReader;
    private final EventStore events;
    private final ExternalDeclarations external;
    private final SharedResult<List<SubscriptionStatus>> all;

    StatusReader(
            Nodes nodes,
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            ParkedEvents parkedEvents,
            RemovedSubscriptions removed,
            LagReader lagReader,
            VersionReader versionReader,
            EventStore events,
            ExternalDeclarations external) {
        this.nodes = nodes;
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.parkedEvents = parkedEvents;
        this.removed = removed;
        this.lagReader = lagReader;
        this.versionReader = versionReader;
        this.events = events;
        this.external = external;
        this.all = new SharedResult<>(() -> claimTransaction.status(this::read), SHARED);
    }

    /**
     * The status of every subscription that has a checkpoint, or is declared although it was removed, by name. Callers
     * at about the same time share one list.
     */
    List<SubscriptionStatus> all() {
        return all.get();
    }

    /** Discards the shared list, because an operation of this node has changed a subscription. */
    void changed() {
        all.forget();
    }

    private List<SubscriptionStatus> read() {
        Map<String, List<Checkpoint>> bySubscription = bySubscription(checkpoints.all());
        return withRemoved(statuses(bySubscription), bySubscription.keySet());
    }

    private static Map<String, List<Checkpoint>> bySubscription(List<Checkpoint> segments) {
        return segments.stream()
                .collect(Collectors.groupingBy(
                        checkpoint -> checkpoint.key().subscription(), LinkedHashMap::new, Collectors.toList()));
    }

    private List<SubscriptionStatus> withRemoved(List<SubscriptionStatus> existing, Set<String> names) {
        Set<String> declared = nodes.declared();
        Stream<SubscriptionStatus> withoutCheckpoint = removed.all().keySet().stream()
                .filter(name -> declared.contains(name) && !names.contains(name))
                .map(StatusReader::removed);
        return Stream.concat(existing.stream(), withoutCheckpoint)
                .sorted(Comparator.comparing(SubscriptionStatus::name))
                .toList();
    }

    private static SubscriptionStatus removed(String subscription) {
        return new SubscriptionStatus(
                subscription, State.REMOVED, true, false, List.of(), 1, 0, Duration.ZERO, 0, null, null);
    }

    /** @throws UnknownSubscriptionException if the subscription has no checkpoint */
    SubscriptionStatus of(String subscription) {
        return claimTransaction.status(() -> read(subscription));
    }

    /**
     * The segments of a subscription, without counting anything; none if it was removed on purpose.
     *
     * @throws UnknownSubscriptionException if the subscription has no checkpoint
     */
    List<SubscriptionStatus.Segment> segments(String subscription) {
        return claimTransaction.run(() -> {
            List<Checkpoint> segments = checkpoints.of(subscription);
            return segments.isEmpty()
                    ? read(subscription).segments()
                    : segments.stream().map(Checkpoint::status).toList();
        });
    }

    private SubscriptionStatus read(String subscription) {
        if (checkpoints.of(subscription).isEmpty()
                && nodes.declared().contains(subscription)
                && removed.all().containsKey(subscription)) {
            return removed(subscription);
        }
        return statuses(Map.of(subscription, checkpoints.existing(subscription)))
                .get(0);
    }

    /** Reads the counted values for all subscriptions at once. */
    private List<SubscriptionStatus> statuses(Map<String, List<Checkpoint>> bySubscription) {
        Set<String> declared = nodes.declared();
        Set<String> externals = external.names();
        Map<String, LagReader.Lag> lags = lagReader.lags(
                bySubscription.values().stream().flatMap(List::stream).toList());
        Map<String, Long> parked = parkedEvents.countStreams(bySubscription.entrySet().stream()
                .filter(entry -> entry.getValue().get(0).hasParkedEvents())
                .map(Map.Entry::getKey)
                .toList());
        Map<String, Integer> serving = versionReader.serving();
        return bySubscription.entrySet().stream()
                .map(entry -> status(
                        entry.getValue(),
                        versionReader.of(entry.getValue(), serving),
                        declared.contains(entry.getKey()),
                        externals.contains(entry.getKey()),
                        Objects.requireNonNull(lags.get(entry.getKey())),
                        parked.getOrDefault(entry.getKey(), 0L)))
                .toList();
    }

    private static SubscriptionStatus status(
            List<Checkpoint> segments,
            @Nullable Version version,
            boolean observed,
            boolean external,
            LagReader.Lag lag,
            long parkedStreams) {
        Checkpoint first = segments.get(0);
        RequestedOperation operation = first.operation();
        return new SubscriptionStatus(
                first.key().subscription(),
                state(segments, lag.heldBack()),
                observed || external,
                external,
                segments.stream().map(Checkpoint::status).toList(),
                first.wantedSegments().orElse(segments.size()),
                lag.events(),
                lag.age(),
                parkedStreams,
                operation == null ? null : operation.description(),
                version);
    }

    private static State state(List<Checkpoint> segments, boolean heldBack) {
        State worst = worst(segments);
        return worst == State.RUNNING && heldBack ? State.HELD_BACK : worst;
    }

    private static State worst(List<Checkpoint> segments) {
        return segments.stream()
                .map(Checkpoint::state)
                .max(Comparator.naturalOrder())
                .orElse(State.RUNNING);
    }

    /** The subscriptions that a running node declares, by name, without counting anything. */
    List<SubscriptionOutline> outlines() {
        return claimTransaction.status(() -> {
            Set<String> declared = Stream.concat(nodes.declared().stream(), external.names().stream())
                    .collect(Collectors.toSet());
            Map<String, List<Checkpoint>> bySubscription = bySubscription(checkpoints.all());
            long end = events.status().lastPosition();
            Stream<SubscriptionOutline> existing =
                    bySubscription.values().stream().map(segments -> outline(segments, end));
            Stream<SubscriptionOutline> withoutCheckpoint = removed.all().keySet().stream()
                    .filter(name -> !bySubscription.containsKey(name))
                    .map(name -> new SubscriptionOutline(name, State.REMOVED, List.of(), 0, 0, false, true, null));
            return Stream.concat(existing, withoutCheckpoint)
                    .filter(outline -> declared.contains(outline.name()))
                    .sorted(Comparator.comparing(SubscriptionOutline::name))
                    .toList();
        });
    }

    private static SubscriptionOutline outline(List<Checkpoint> segments, long end) {
        Checkpoint first = segments.get(0);
        RequestedOperation operation = first.operation();
        long position = segments.stream().mapToLong(Checkpoint::position).min().orElse(0);
        return new SubscriptionOutline(
                first.key().subscription(),
                worst(segments),
                segments.stream().map(Checkpoint::status).toList(),
                position,
                Math.max(0, end - position),
                first.hasParkedEvents(),
                first.isServing(),
                operation == null ? null : operation.description());
    }

    /** The largest position up to which live effects of a subscription have happened. */
    long liveAfter(String subscription) {
        return claimTransaction.status(() -> checkpoints.existing(subscription).stream()
                .mapToLong(Checkpoint::liveAfter)
                .max()
                .orElseThrow());
    }
}
