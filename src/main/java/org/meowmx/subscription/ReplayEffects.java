package org.meowmx.subscription;

import java.util.List;

/**
 * The effects of handling events again. Read them before a replay or a reposition.
 *
 * @param subscription the name of the subscription
 * @param liveAfter the largest position up to which live effects have happened: events up to it are handled again
 * @param declaredHere whether this application declares the subscription; if not, nothing is known about its observers
 * @param liveOnly descriptions of the observers that are not called for events which are handled again ({@link LiveOnly})
 * @param recognisesAppends whether events that its handlers append again are recognised, and not stored a second time
 * @param recognised how many such events this node has recognised since it started
 * @param differing how many of these have other data now than in the log, which keeps the original
 */
public record ReplayEffects(
        String subscription,
        long liveAfter,
        boolean declaredHere,
        List<String> liveOnly,
        boolean recognisesAppends,
        long recognised,
        long differing) {

    public ReplayEffects {
        liveOnly = List.copyOf(liveOnly);
    }
}
