package org.meowmx.transaction;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of a thread that runs event handlers: whether the events are handled again, and how the ids of the events that they append
 * are derived. It belongs to one thread and one attempt, for example one turn of a subscription.
 */
public final class Handling {

    private final @Nullable Handling outer;
    private final boolean ofSubscription;
    private final @Nullable UUID namespace;
    private final boolean replay;
    private final boolean lookingUp;
    private final @Nullable String refusal;
    private final Ordinals<String> ordinals = new Ordinals<>();
    private boolean conflict;
    private long recognised;
    private long differing;

    private Handling(
            @Nullable Handling outer,
            boolean ofSubscription,
            @Nullable UUID namespace,
            boolean replay,
            boolean lookingUp,
            @Nullable String refusal) {
        this.outer = outer;
        this.ofSubscription = ofSubscription;
        this.namespace = namespace;
        this.replay = replay;
        this.lookingUp = lookingUp;
        this.refusal = refusal;
    }

    /**
     * The handlers of a subscription.
     *
     * @param namespace the namespace of the derived ids; null if appended events get random ids
     * @param replay whether the events are handled again
     * @param lookingUp whether an append searches the log for the derived ids first
     */
    public static Handling ofSubscription(@Nullable UUID namespace, boolean replay, boolean lookingUp) {
        return new Handling(null, true, namespace, replay, lookingUp, null);
    }

    /**
     * The handlers of a subscription that has no live effects: what they append must be in the log already.
     *
     * @param namespace the namespace of the derived ids; null if appended events get random ids, so none is recognised
     * @param reason why there are no live effects, for the message of a refused append
     */
    public static Handling withoutEffects(@Nullable UUID namespace, String reason) {
        return new Handling(null, true, namespace, true, true, reason);
    }

    /**
     * The handlers of an event that was just appended.
     *
     * @param outer the state of the appending thread; null if it runs no handler
     * @param namespace of the derived ids
     * @param mayBeKnown whether the appended event has an id that an earlier attempt may have used
     */
    public static Handling ofAppended(@Nullable Handling outer, UUID namespace, boolean mayBeKnown) {
        return new Handling(
                outer,
                outer != null && outer.ofSubscription,
                namespace,
                false,
                mayBeKnown || (outer != null && outer.lookingUp),
                outer == null ? null : outer.refusal);
    }

    /** Whether handlers of a subscription run, and not only those of an append. */
    public boolean isOfSubscription() {
        return ofSubscription;
    }

    /** Whether the events are handled again. */
    public boolean isReplay() {
        return replay;
    }

    /** Whether an append searches the log for derived ids first, because an earlier attempt may have stored them. */
    public boolean isLookingUp() {
        return lookingUp;
    }

    /** The reason why only events that the log has may be appended; empty if new ones may be appended. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The namespace of derived ids; empty if appended events get random ids. */
    public Optional<UUID> namespace() {
        return Optional.ofNullable(namespace);
    }

    /** The counters that number the appended events, for each handled event and target. */
    public Ordinals<String> ordinals() {
        return ordinals;
    }

    /** Records that the log has a derived id for which no append had searched. The attempt must be repeated. */
    public void noteConflict() {
        conflict = true;
        if (outer != null) {
            outer.noteConflict();
        }
    }

    /** Whether the log had a derived id for which no append had searched. */
    public boolean hasConflict() {
        return conflict;
    }

    /**
     * Records an event that was not stored again, because the log had it.
     *
     * @param differs whether its data differ from the appended data
     */
    public void noteRecognised(boolean differs) {
        recognised++;
        differing += differs ? 1 : 0;
        if (outer != null) {
            outer.noteRecognised(differs);
        }
    }

    /** The number of appended events that the log had already. */
    public long recognised() {
        return recognised;
    }

    /** The number of these that have other data in the log. */
    public long differing() {
        return differing;
    }
}
