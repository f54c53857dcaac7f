package org.meowmx.anomalies;

import java.util.List;

/** Finds the anomalies in a history. All runs under a fault use it. */
public final class HistoryChecker {

    private static final List<Rule> RULES = List.of(
            new LogRule(),
            new WriteRule(),
            new ReplyRule(),
            new DeliveryRule(),
            new TurnRule(),
            new OutsideRule(),
            new CheckpointRule());

    private HistoryChecker() {}

    /** All anomalies, by rules; none in a history that keeps all promises. */
    public static List<Finding> findings(History history) {
        return RULES.stream().flatMap(rule -> rule.findings(history).stream()).toList();
    }

    /** The anomalies in what subscriptions have handled, for a history without the notes of writers. */
    public static List<Finding> deliveryFindings(History history) {
        return new DeliveryRule().findings(history);
    }

    /**
     * @param seed the seed of the run's random choices
     * @throws AssertionError if there is an anomaly; the message has the history of the shortest stream concerned
     */
    public static void assertNoAnomaly(History history, long seed) {
        List<Finding> findings = findings(history);
        if (!findings.isEmpty()) {
            throw new AssertionError(Report.of(history, findings, seed));
        }
    }
}
