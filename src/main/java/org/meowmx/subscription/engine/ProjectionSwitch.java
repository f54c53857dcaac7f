package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.meowmx.EventStore;
import org.meowmx.LogPage;
import org.meowmx.projection.ProjectionSwitched;
import org.meowmx.projection.Projections;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.Handling;
import org.meowmx.transaction.SqlState;

/**
 * Makes another version of a projection serve. The events that it lacks are counted first, because a count may take longer than claims
 * may be held. Everything else is one transaction:
 * <ol>
 *   <li>Lock the row of the projection. So of two switches, one waits for the other.
 *   <li>Claim all segments of the version that will serve, and then of the one that serves. No turn of either runs now, so neither
 *       has live effects.
 *   <li>Check {@link SwitchRules}.
 *   <li>Bring the new version to exactly the positions of the serving one ({@link Takeover}). It still does not serve, so it has
 *       no live effects.
 *   <li>The live effects of the new version begin after these positions. Those of the former one have happened up to there.
 *   <li>Write the row, and notify the application.
 * </ol>
 * Until the commit, nothing changes for readers, handlers and other nodes. A crash at any step has no effect.
 */
final class ProjectionSwitch {

    private static final Logger LOG = System.getLogger(ProjectionSwitch.class.getName());

    /** The longest time that the turns of the serving version wait. A single handler may take longer. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(1);

    /** A statement of the application that waits for readers makes new readers wait too. */
    private static final Duration LONGEST_WAIT_OF_OBSERVERS = Duration.ofMillis(250);

    private static final int MOST_ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final SubscriptionRegistry registry;
    private final RunningTurns runningTurns;
    private final ClaimTransaction claimTransaction;
    private final SwitchClaims claims;
    private final EventStore events;
    private final Delivery delivery;
    private final RecognisedEvents recognised;
    private final Consumer<Object> notifications;

    ProjectionSwitch(
            SubscriptionRegistry registry,
            RunningTurns runningTurns,
            ClaimTransaction claimTransaction,
            SwitchClaims claims,
            EventStore events,
            Delivery delivery,
            RecognisedEvents recognised,
            Consumer<Object> notifications) {
        this.registry = registry;
        this.runningTurns = runningTurns;
        this.claimTransaction = claimTransaction;
        this.claims = claims;
        this.events = events;
        this.delivery = delivery;
        this.recognised = recognised;
        this.notifications = notifications;
    }

    /**
     * Switches, and repeats that at most four times if a lock is not available.
     *
     * @param evenIfFailing whether the serving version may fail or be paused
     * @param prepare prepares each claimed segment of the version that will serve
     * @throws SubscriptionConflictException if the state of one of the versions does not permit it
     * @throws SubscriptionBusyException if the claims were not available within the time limit
     */
    void switchTo(ProjectionVersion version, boolean evenIfFailing, Consumer<Checkpoint> prepare) {
        long missing = claimTransaction.run(() -> claims.missing(version));
        SwitchRules.requireNear(version, missing, Projections.MOST_MISSING);
        for (int attempt = 1; !trySwitch(version, evenIfFailing, prepare, attempt == MOST_ATTEMPTS); attempt++) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Returns false if a lock was not available, and this is not the last attempt. */
    private boolean trySwitch(
            ProjectionVersion version, boolean evenIfFailing, Consumer<Checkpoint> prepare, boolean last) {
        try (RunningTurns.Registration turn = runningTurns.begin(version.subscription())) {
            int former = claimTransaction.run(turn.limits(), () -> claimAndSwitch(version, evenIfFailing, prepare));
            LOG.log(
                    Level.INFO,
                    "Projection ''{0}'': version {1} serves now, and version {2} follows it until it is retired",
                    version.projection(),
                    version.number(),
                    former);
            return true;
        } catch (TurnFailure e) {
            throw e.thrownByObserver();
        } catch (RuntimeException e) {
            if (last
                    || !(e instanceof SubscriptionBusyException
                            || SqlState.contention(e).isPresent())) {
                throw e;
            }
            return false;
        }
    }

    private int claimAndSwitch(ProjectionVersion version, boolean evenIfFailing, Consumer<Checkpoint> prepare) {
        SwitchClaims.Claimed claimed = claims.claim(version, LONGEST_HOLD);
        SwitchRules rules = new SwitchRules(version, claimed.former());
        claimed.next().forEach(prepare);
        rules.requireAnother();
        rules.requireReady(claimed.next());
        rules.requireSound(claimed.serving(), evenIfFailing);
        List<Takeover> parts = Takeover.of(claimed.next(), claimed.serving());
        rules.requireNowhereAhead(parts);
        try {
            claims.replace(claimed, broughtUp(version, parts, claimed));
        } catch (RuntimeException e) {
            if (SwitchClaims.isCancelled(e)) {
                SubscriptionConflictException refused = tooSlow(version);
                refused.addSuppressed(e);
                throw refused;
            }
            throw e;
        }
        claims.serve(version, claimed, LONGEST_WAIT_OF_OBSERVERS);
        notifications.accept(
                new ProjectionSwitched(version.projection(), claimed.former().number(), version.number()));
        return claimed.former().number();
    }

    private static SubscriptionConflictException tooSlow(ProjectionVersion version) {
        return new SubscriptionConflictException(
                version.subscription(),
                "could not handle within %d ms the events that it lacks. Repeat the switch when it has caught up"
                        .formatted(LONGEST_HOLD.toMillis()));
    }

    private List<Checkpoint> broughtUp(ProjectionVersion version, List<Takeover> parts, SwitchClaims.Claimed claimed) {
        Subscription subscription = registry.subscription(version.subscription());
        int size = registry.settings(version.subscription()).batchSize();
        boolean derivedIds = registry.settings(version.subscription()).derivedIds();
        List<Checkpoint> after = new ArrayList<>();
        for (Takeover part : parts) {
            Checkpoint segment = part.source().copyAs(version.subscription(), part.range());
            while (segment.position() < part.goal().position()) {
                if (claimed.isOverdue()) {
                    throw tooSlow(version);
                }
                claims.limitToDeadline(claimed);
                LogPage page = events.readPage(
                        subscription.query(
                                part.range(), segment.position(), part.goal().position()),
                        size);
                Handling handling = segment.handling(derivedIds, true, true);
                claims.advance(segment, delivery.deliver(subscription, page, segment, handling));
                recognised.note(subscription.name(), handling);
            }
            segment.takeOverFrom(part.goal());
            after.add(segment);
        }
        return after;
    }
}
