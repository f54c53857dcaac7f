package org.meowmx.subscription;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.meowmx.InvalidEventException;
import org.meowmx.StreamId;

/**
 * Sees and controls the subscriptions that this application's observers name. What is done on one node holds for all.
 *
 * <p>Every method that takes a name throws {@link UnknownSubscriptionException} when neither an observer nor a checkpoint has
 * it. What changes a subscription waits for its turns at hand; an observer of it that calls such a method, or what runs inside a
 * move of it, gets an {@link IllegalStateException}.
 */
public interface Subscriptions {

    /** How many parked streams are listed at most. */
    int MOST_PARKED = 1_000;

    /** The names of all subscriptions that observers of this application ask for. */
    Set<String> names();

    /** All subscriptions that have a checkpoint, by name; those that no living node declares any more are among them. */
    List<SubscriptionStatus> list();

    /** One subscription. */
    SubscriptionStatus status(String name);

    /** The application instances that run subscriptions, by name; one that ended without a word stays for some minutes. */
    List<NodeStatus> nodes();

    /** Lets the turns at hand end, and no further one begin. */
    void pause(String name);

    /** Ends a pause; what had failed is tried again at once. */
    void resume(String name);

    /**
     * Makes a paused subscription read from elsewhere. Its parked events are discarded. In the same transaction {@code clear}
     * runs and then the observers of {@link SubscriptionRepositioned} are called, to empty the read model; what one of them
     * throws rolls everything back.
     *
     * @param clear what the caller adds to the transaction
     * @return how many parked events were discarded
     * @throws SubscriptionConflictException when it is not paused
     */
    long reposition(String name, ReadFrom from, Runnable clear);

    /**
     * Makes it read from the beginning, between two turns, and ends a pause. Otherwise as {@link #reposition}.
     *
     * @param clear what the caller adds to the transaction
     * @return how many parked events were discarded
     */
    long replay(String name, Runnable clear);

    /**
     * Changes how many segments there are, while it is running. Splitting each takes effect at once. Where segments that stand at
     * different places are joined or cut across, this is only noted: the faster ones wait from now on for the slower ones, and
     * when all are at the same place, a node that runs the subscription replaces them. Until then
     * {@link SubscriptionStatus#wantedSegments} differs from the number of segments, and a call with that number takes it back.
     *
     * @param count 1 to 1024
     * @throws SubscriptionConflictException when a segment is failing
     */
    void changeSegments(String name, int count);

    /**
     * Waits until everything up to a position that the subscription asks for is handled, to read what one has written.
     *
     * @return false when the time was over before
     * @throws IllegalStateException inside a transaction, which could hold back what it waits for
     */
    boolean await(String name, long position, Duration timeout);

    /**
     * Delivers, in the calling thread, everything that the subscription has not seen yet, up to the high-water mark; for
     * tests and tools. Must be called without a transaction, as every batch has its own. A failing observer's exception is
     * thrown and nothing is noted of it.
     *
     * @return how many events were delivered
     * @throws SubscriptionBusyException when another worker or node is in the middle of a batch of it
     */
    long catchUp(String name);

    /**
     * The parked streams of a subscription, in the order in which they were parked: the first {@value #MOST_PARKED}, where
     * there are more. {@link SubscriptionStatus} tells how many there are.
     */
    List<ParkedStream> parked(String name);

    /**
     * Handles the parked events of a stream, in order; when all are handled the stream takes part again.
     *
     * @return how many were handled
     * @throws RuntimeException what an observer threw; the events from there on stay parked
     * @throws SubscriptionConflictException when a living node of another release asks for what this one does not: an observer
     *     there would be passed by
     */
    long retryParked(String name, StreamId stream);

    /** Drops the first parked event of a stream unhandled and handles the rest as {@link #retryParked} does. */
    long skipParked(String name, StreamId stream);

    /** Drops all parked events of a stream unhandled; the stream takes part again with its next event. */
    long discardParked(String name, StreamId stream);

    /**
     * Gives the checkpoint and the parked events of an orphan another name, as after a subscription was renamed in the code. If
     * the new name has a checkpoint already, that must be paused; it gives way with its parked events, and the subscription
     * stays paused.
     *
     * @throws InvalidEventException when the new name is none that a stream may have
     * @throws SubscriptionConflictException when an observer of a living node names the old one, the new name has a
     *     checkpoint that is not paused, or both are the same
     */
    void rename(String orphan, String name);

    /**
     * Deletes the checkpoint and the parked events of an orphan.
     *
     * @throws SubscriptionConflictException when an observer of a living node names it
     */
    void delete(String orphan);
}
