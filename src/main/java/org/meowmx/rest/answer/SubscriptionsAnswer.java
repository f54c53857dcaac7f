package org.meowmx.rest.answer;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.meowmx.subscription.SubscriptionStatus;

/** All subscriptions. */
@Schema(name = "Subscriptions")
public record SubscriptionsAnswer(List<SubscriptionAnswer> subscriptions) {

    public static SubscriptionsAnswer of(List<SubscriptionStatus> all) {
        return new SubscriptionsAnswer(all.stream().map(SubscriptionAnswer::of).toList());
    }
}
