package org.meowmx.subscription.engine;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.meowmx.EventTypes;
import org.meowmx.Metadata;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.configuration.Settings;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;

/** A registry for tests without a container. Its only subscription, "list", reads every event of the category "test". */
final class ListSubscription extends SubscriptionRegistry {

    static final String NAME = "list";
    static final String CATEGORY = "test";

    private static final Subscription LIST =
            new Subscription(NAME, CATEGORY, EventTypes.union(List.of()), Set.of(), true, true, false, List.of(), null);

    private static final Config FIVE_AT_A_TIME = new SmallRyeConfigBuilder()
            .withDefaultValue("meowmx.subscription.batch-size", "5")
            .build();

    ListSubscription() {
        super(Map.of(NAME, LIST), new Settings(FIVE_AT_A_TIME, Set.of()));
    }

    static DeclaredSegment segment() {
        return DeclaredSegment.of(new ListSubscription(), new Checkpoint.Key(NAME, (short) 0));
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
