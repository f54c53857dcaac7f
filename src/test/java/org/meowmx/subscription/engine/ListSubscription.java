package org.meowmx.subscription.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.meowmx.EventTypes;
import org.meowmx.Metadata;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.engine.declaration.Backoff;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings.Creation;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings.FailurePolicy;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings.OnFailure;
import org.meowmx.transaction.TransactionLimits;

/**
 * A registry for tests without a container. It has one subscription, "list", that requests every event of the category
 * "test".
 */
final class ListSubscription extends SubscriptionRegistry {

    static final String NAME = "list";
    static final String CATEGORY = "test";

    private static final Backoff SECOND = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));

    @Override
    public Set<String> names() {
        return Set.of(NAME);
    }

    static DeclaredSegment segment() {
        return DeclaredSegment.of(new ListSubscription(), new Checkpoint.Key(NAME, (short) 0));
    }

    @Override
    public Subscription subscription(String name) {
        return new Subscription(name, CATEGORY, EventTypes.union(List.of()), Set.of(), true, true, false);
    }

    @Override
    public SubscriptionSettings settings(String name) {
        return new SubscriptionSettings(
                new Creation(1, ReadFrom.beginning(), null),
                5,
                new FailurePolicy(OnFailure.BLOCK, 3, SECOND),
                TransactionLimits.DEFAULT);
    }

    /** The event at a position, in a stream of its own. */
    static RecordedEvent event(String category, long position) {
        return new RecordedEvent(
                position,
                new UUID(0, position),
                StreamId.of(category, position),
                1,
                "noted",
                "{}",
                Metadata.none(),
                Instant.EPOCH,
                null);
    }
}
