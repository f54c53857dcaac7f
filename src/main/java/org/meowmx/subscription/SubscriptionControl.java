package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.meowmx.ReadFrom;
import org.meowmx.SubscriptionConflictException;
import org.meowmx.SubscriptionExtended;
import org.meowmx.SubscriptionRepositioned;
import org.meowmx.UnknownSubscriptionException;

/** What an operator does to the checkpoints of a subscription, each in one transaction, waiting for the turns at hand. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class SubscriptionControl {

    @Inject
    Catalog catalog;

    @Inject
    ReadCommitted transactions;

    @Inject
    Checkpoints checkpoints;

    @Inject
    ParkedEvents parked;

    @Inject
    Nodes nodes;

    /** The segments of a subscription, kept to the end of the transaction. */
    private List<Checkpoint> locked(String name) {
        List<Checkpoint> segments = checkpoints.lock(name);
        if (segments.isEmpty()) {
            throw new UnknownSubscriptionException(name);
        }
        return segments;
    }

    /** Creates the checkpoints of a declared subscription that has none, in its predecessor's place where there is one. */
    void ensure(String name) {
        SubscriptionSettings settings = catalog.settings(name);
        String predecessor = settings.creation().renamedFrom();
        transactions.run(() -> {
            if (predecessor != null && checkpoints.of(name).isEmpty()) {
                List<Checkpoint> segments = checkpoints.lock(predecessor);
                rename(segments, predecessor, name);
            }
            checkpoints.create(catalog.subscription(name), settings);
            return name;
        });
    }

    /**
     * Makes what the living nodes ask for, this one included, the filter of a declared subscription.
     *
     * @return the notification to be fired when this node asks for more than was asked for before
     */
    Optional<SubscriptionExtended> adopt(String name) {
        Subscription subscription = catalog.subscription(name);
        if (!transactions.run(() -> checkpoints.hasOtherFilter(name, nodes.widest(subscription)))) {
            return Optional.empty();
        }
        // a transaction of its own: a checkpoint that was read before the wait for its lock would be written back as it
        // was
        return transactions.run(() -> adopt(subscription, checkpoints.lock(name)));
    }

    /** Looks at the nodes under the locks, so that of two that start together the second sees what the first asks for. */
    private Optional<SubscriptionExtended> adopt(Subscription subscription, List<Checkpoint> segments) {
        boolean more = segments.stream().anyMatch(segment -> !segment.filter().covers(subscription.filter()));
        Filter widest = nodes.widest(subscription);
        segments.forEach(segment -> segment.readUnder(widest));
        long position = segments.stream().mapToLong(Checkpoint::position).min().orElse(0);
        return more ? Optional.of(new SubscriptionExtended(subscription.name(), position)) : Optional.empty();
    }

    void pause(String name) {
        change(name, Checkpoint::pause);
    }

    void resume(String name) {
        change(name, Checkpoint::resume);
    }

    private void change(String name, Consumer<Checkpoint> change) {
        transactions.run(() -> {
            List<Checkpoint> segments = locked(name);
            segments.forEach(change);
            return segments;
        });
    }

    /** Moves all segments to one place, and forgets what was parked. */
    SubscriptionRepositioned reposition(String name, ReadFrom from, Runnable clear) {
        return transactions.runWithin(frozenAfter(name), () -> {
            List<Checkpoint> segments = locked(name);
            if (!segments.stream().allMatch(Checkpoint::isPaused)) {
                throw new SubscriptionConflictException(name, "is running; pause it before it is repositioned");
            }
            return move(name, segments, from, clear);
        });
    }

    /** Moves all segments to the beginning and lets them go on. */
    SubscriptionRepositioned replay(String name, Runnable clear) {
        return transactions.runWithin(frozenAfter(name), () -> {
            List<Checkpoint> segments = locked(name);
            SubscriptionRepositioned moved = move(name, segments, ReadFrom.beginning(), clear);
            segments.forEach(Checkpoint::resume);
            return moved;
        });
    }

    /** The callback is foreign code that runs under the claims of all segments. */
    private Duration frozenAfter(String name) {
        return catalog.has(name) ? catalog.settings(name).limits().frozenAfter() : TurnLimits.FROZEN_AFTER;
    }

    private SubscriptionRepositioned move(String name, List<Checkpoint> segments, ReadFrom from, Runnable clear) {
        long position = checkpoints.position(from);
        segments.forEach(segment -> segment.reposition(position));
        long discarded = parked.removeAll(name);
        clear.run();
        return new SubscriptionRepositioned(name, position, discarded);
    }

    /**
     * Replaces the segments by others where that needs no segment to wait for another.
     *
     * @return false when ranges would be joined whose positions differ
     */
    boolean changeSegments(String name, int count) {
        List<Segments.Range> after = Segments.of(count);
        return transactions.run(() -> changeSegments(name, locked(name), after));
    }

    private boolean changeSegments(String name, List<Checkpoint> before, List<Segments.Range> after) {
        if (before.stream().anyMatch(Checkpoint::isFailing) && before.size() != after.size()) {
            throw new SubscriptionConflictException(name, "has a failing segment; mend it before segments are changed");
        }
        boolean split = Segments.isSplit(before.stream().map(Checkpoint::slices).toList(), after);
        boolean level =
                before.stream().mapToLong(Checkpoint::position).distinct().count() == 1;
        if (!split && !level) {
            return false;
        }
        checkpoints.replace(
                before, after.stream().map(range -> copy(name, before, range)).toList());
        return true;
    }

    /** A new segment at the position of the one that its slices come from. */
    private static Checkpoint copy(String name, List<Checkpoint> before, Segments.Range range) {
        Checkpoint source = before.stream()
                .filter(old -> old.slices().first() <= range.first()
                        && range.first() <= old.slices().last())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no segment of " + name + " has slice " + range.first()));
        return source.as(name, range);
    }

    /** Gives an orphan another name. */
    void rename(String orphan, String name) {
        transactions.run(() -> {
            List<Checkpoint> segments = orphan(orphan);
            if (!checkpoints.lock(name).isEmpty()) {
                throw new SubscriptionConflictException(name, "has a checkpoint already; delete or rename it before");
            }
            rename(segments, orphan, name);
            return name;
        });
    }

    private void rename(List<Checkpoint> segments, String before, String name) {
        parked.rename(before, name);
        checkpoints.replace(
                segments,
                segments.stream()
                        .map(segment -> segment.as(name, segment.slices()))
                        .toList());
    }

    /** Forgets an orphan. */
    void delete(String orphan) {
        transactions.run(() -> {
            checkpoints.remove(orphan(orphan));
            return parked.removeAll(orphan);
        });
    }

    private List<Checkpoint> orphan(String name) {
        if (catalog.has(name)) {
            throw new SubscriptionConflictException(name, "is declared by an observer of this application");
        }
        return locked(name);
    }
}
