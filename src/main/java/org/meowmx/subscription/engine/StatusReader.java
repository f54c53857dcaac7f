package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.meowmx.EventStore;
import org.meowmx.StoreClock;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.engine.cluster.Nodes;
import org.meowmx.transaction.ClaimTransaction;

/** Tells what subscriptions are doing, from their checkpoints. */
@ApplicationScoped
class StatusReader {

    @Inject
    Nodes nodes;

    @Inject
    ClaimTransaction transactions;

    @Inject
    Checkpoints checkpoints;

    @Inject
    Backlog backlog;

    @Inject
    ParkedEvents parked;

    @Inject
    EventStore events;

    @Inject
    @StoreClock
    Clock clock;

    /** All, by name. */
    List<SubscriptionStatus> all() {
        return transactions.run(this::read);
    }

    private List<SubscriptionStatus> read() {
        Set<String> declared = nodes.declared();
        Map<String, List<Checkpoint>> bySubscription = checkpoints.all().stream()
                .collect(Collectors.groupingBy(
                        checkpoint -> checkpoint.key().subscription(), LinkedHashMap::new, Collectors.toList()));
        return bySubscription.entrySet().stream()
                .map(entry -> status(entry.getKey(), entry.getValue(), declared))
                .toList();
    }

    /** One. */
    SubscriptionStatus of(String name) {
        return transactions.run(() -> read(name));
    }

    private SubscriptionStatus read(String name) {
        List<Checkpoint> segments = checkpoints.of(name);
        if (segments.isEmpty()) {
            throw new UnknownSubscriptionException(name);
        }
        return status(name, segments, nodes.declared());
    }

    private SubscriptionStatus status(String name, List<Checkpoint> segments, Set<String> declared) {
        Backlog.Lag lag = backlog.lag(name, events.highWaterMark());
        State worst = segments.stream()
                .map(Checkpoint::state)
                .max(Comparator.naturalOrder())
                .orElse(State.RUNNING);
        return new SubscriptionStatus(
                name,
                worst,
                declared.contains(name),
                segments.stream().map(Checkpoint::status).toList(),
                segments.get(0).wantedSegments().orElse(segments.size()),
                lag.events(),
                lag.age(clock.instant()),
                parked.countStreams(name));
    }
}
