package org.meowmx.projection;

import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.UnknownSubscriptionException;

/**
 * The versions of projections: which one serves readers, the switch to another one, and the end of an old one. Inject it.
 *
 * <p>A projection has the name of its subscriptions. {@code @Subscribed(value = "shipping-list", version = 2)} declares version
 * 2 of the projection {@code shipping-list}. It is the subscription {@code shipping-list@2}, which
 * {@link org.meowmx.subscription.Subscriptions} controls like any other.
 */
public interface Projections {

    /** The largest number of events that a version may lack when it takes over: {@value}. */
    int MOST_MISSING = 1_000;

    /**
     * The version whose read model is to be read. It is read from the database, in the caller's transaction if there is one.
     * Read it in the same transaction as the read model.
     *
     * @return 1 or greater; 1 if the projection never had another version
     */
    int serving(String projection);

    /**
     * Makes another version serve, in one transaction that waits for the current turns of both versions. A switch back to a
     * former version works in the same way.
     *
     * <p>The version first handles the events that it lacks, within one second. The observers of {@link ProjectionSwitched} are
     * called in the same transaction and have no such limit: until they return, the turns of both versions wait. If the
     * transaction cannot get a lock, it is repeated at most four times. If an observer throws an exception, everything is rolled
     * back.
     *
     * <p>If this application does not have the observers of the version, it stores the switch in the database, and a running
     * node that has them carries it out. The call waits for that, at most ten seconds.
     *
     * @param version the version that will serve, 1 or greater
     * @throws UnknownSubscriptionException if the version has no checkpoint
     * @throws SubscriptionConflictException if the version serves already, is paused, fails, lacks more than
     *     {@link #MOST_MISSING} events, or could not handle them within one second; if the serving version replays, fails or is paused; or if one of them has parked events,
     *     a requested operation or a scheduled merge. Nothing is changed
     * @throws org.meowmx.subscription.SubscriptionBusyException if the turns of both versions did not end within a second
     * @throws org.meowmx.subscription.OperationPendingException if another node has to carry it out, and has not done so within
     *     ten seconds
     * @throws org.meowmx.subscription.OperationFailedException if another node could not carry it out
     */
    void switchTo(String projection, int version);

    /**
     * As {@link #switchTo}, also if the serving version fails or is paused: the way back from a version that cannot handle an
     * event. The other version continues with that event. It is refused while one of them has parked events: retry, skip or discard
     * them first.
     */
    void switchEvenIfFailing(String projection, int version);

    /**
     * Ends a version that does not serve: deletes its checkpoints and its parked events. A node that still declares the version
     * does not create it again.
     *
     * @return what is left to do in the application, in a sentence for operators
     * @throws UnknownSubscriptionException if the version has no checkpoint
     * @throws SubscriptionConflictException if the version serves
     */
    String retire(String projection, int version);
}
