package org.meowmx.rest.answer;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.meowmx.subscription.ReplayEffects;

/** What happens if a subscription handles events again. */
@Schema(name = "Replay")
public record ReplayAnswer(
        long liveAfter,
        boolean declaredHere,
        List<String> liveOnly,
        boolean recognisesAppends,
        long recognised,
        long differing) {

    public static ReplayAnswer of(ReplayEffects effects) {
        return new ReplayAnswer(
                effects.liveAfter(),
                effects.declaredHere(),
                effects.liveOnly(),
                effects.recognisesAppends(),
                effects.recognised(),
                effects.differing());
    }
}
