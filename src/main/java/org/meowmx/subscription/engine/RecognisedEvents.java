package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.meowmx.transaction.Handling;

/**
 * Counts the appended events of this node's handlers that the log had already, because the handled event was handled before. For
 * monitoring. A turn that is rolled back later is counted, too.
 */
public final class RecognisedEvents {

    private static final Logger LOG = System.getLogger(RecognisedEvents.class.getName());

    /**
     * The events of one subscription since the node started.
     *
     * @param recognised the events that were answered with the originals instead of being stored again
     * @param differing how many of these have other data in the log: the handler decides differently now
     */
    public record Counts(long recognised, long differing) {

        private Counts plus(Counts other) {
            return new Counts(recognised + other.recognised, differing + other.differing);
        }
    }

    private final Map<String, Counts> counts = new ConcurrentHashMap<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    void note(String subscription, Handling handling) {
        if (handling.recognised() == 0) {
            return;
        }
        counts.merge(subscription, new Counts(handling.recognised(), handling.differing()), Counts::plus);
        if (handling.differing() > 0 && reported.add(subscription)) {
            LOG.log(
                    Level.WARNING,
                    "A handler of subscription ''{0}'' appended events that the log has already, but now with other data. The log keeps the original events, and the handler got them as the result. If the new data are right, append correcting events. This is logged once per subscription; later ones are only counted",
                    subscription);
        }
    }

    /** The counts of one subscription. */
    Counts of(String subscription) {
        return counts.getOrDefault(subscription, new Counts(0, 0));
    }

    /** The counts by subscription. A subscription without such events is left out. */
    public Map<String, Counts> counts() {
        return new TreeMap<>(counts);
    }
}
