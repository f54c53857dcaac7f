package org.meowmx.transaction;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a thread knows while it runs handlers of events: whether the events are handled again, and how the ids of events are derived
 * that the handlers append. It belongs to one thread and to one attempt, for example one turn of a subscription.
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
     * @param namespace of the derived ids; null if appended events get random ids
     * @param replay whether the events are handled again
     * @param lookingUp whether an append searches the log for the derived ids first
     */
    public static Handling ofSubscription(@Nullable UUID namespace, boolean replay, boolean lookingUp) {
        return new Handling(null, true, namespace, replay, lookingUp, null);
    }

    /**
     * The handlers of a subscription that has no live effects: what they append must be in the log already.
     *
     * @param namespace of the derived ids; null if appended events get random ids, so that none is recognised
     * @param reason why there are no live effects, for the message of a refused append
     */
    public static Handling withoutEffects(@Nullable UUID namespace, String reason) {
        return new Handling(null, true, namespace, true, true, reason);
    }

    /**
     * The handlers of an event that was just appended.
     *
     * @param outer what the appending thread handles itself; null if it handles nothing
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

    /** Why only events that the log has already may be appended; empty if new ones may. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The namespace of derived ids; empty if appended events get random ids. */
    public Optional<UUID> namespace() {
        return Optional.ofNullable(namespace);
    }

    /** Numbers the appended events of each handled event and target. */
    public Ordinals<String> ordinals() {
        return ordinals;
    }

    /** Notes that the log has a derived id for which no append had searched. The attempt must be repeated. */
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
     * Notes an event that the log had, and that was therefore not stored again.
     *
     * @param differs whether its data differ from what the handler appended now
     */
    public void noteRecognised(boolean differs) {
        recognised++;
        differing += differs ? 1 : 0;
        if (outer != null) {
            outer.noteRecognised(differs);
        }
    }

    /** How many appended events the log had already. */
    public long recognised() {
        return recognised;
    }

    /** How many of these have other data in the log. */
    public long differing() {
        return differing;
    }
}
