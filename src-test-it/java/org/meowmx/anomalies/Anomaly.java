package org.meowmx.anomalies;

/** The anomalies of a history, each with the promise that it breaks. */
public enum Anomaly {
    LOST_WRITE("durable: an acknowledged event is not in the log"),
    ABORTED_READ("atomic: an event that failed, or that nobody wrote, is in the log or was handled"),
    TORN_APPEND("atomic: only a part of an append is in the log"),
    GAP("no-dup-version: a version of a stream is missing"),
    DUPLICATE("no-dup-version, effect-once: an event or a version is there twice, or was handled twice"),
    FALSE_REPLY("ambiguous-resolved: the answer of an append is not what the log says"),
    LOST_UPDATE("no-dup-version: an append went in behind another version than it expected"),
    SKIPPED_POLL("no-skip: an event was neither handled nor parked"),
    NON_MONOTONIC_POLL("stable-order: a segment handled an event behind a later one"),
    INCONSISTENT_ORDER("stream-order, stable-order: events are in another order than they were written in"),
    SECOND_WRITER("single-writer: a turn committed that had begun before the end of the one before it"),
    CHECKPOINT_AHEAD("effect-once: an event was handled when the checkpoint had passed it"),
    CHECKPOINT_BACK("checkpoint-monotone: a checkpoint moved back by itself"),
    CHECKPOINT_BEYOND("checkpoint-monotone: a checkpoint was beyond the end of the log"),
    LOST_OUTSIDE_EFFECT("at-least-once outside: an event was handled without its effect outside"),
    STRAY_OUTSIDE_EFFECT("at-least-once outside: an effect was repeated from before the last batch");

    private final String meaning;

    Anomaly(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }
}
