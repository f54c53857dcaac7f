package org.meowmx.subscription;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.meowmx.InvalidEventException;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;

/**
 * The control of subscriptions: it reports their state and pauses, resumes, moves and repairs them. Inject it.
 *
 * <p>An operation on one node takes effect on all nodes. A subscription that the method does not know is reported by
 * {@link UnknownSubscriptionException}:
 * <ul>
 *   <li>{@link #status}, {@link #pause}, {@link #resume}, {@code reposition}, {@code replay}, {@link #changeSegments},
 *       {@link #retryParked}, {@link #skipParked}, {@link #rename} and {@link #delete} require a checkpoint;
 *   <li>{@link #await}, {@code parked} and {@link #discardParked} require a checkpoint, or an observer of this
 *       application that declares the name;
 *   <li>{@link #catchUp} calls observers in the calling thread, so this application must declare the subscription.
 * </ul>
 *
 * <p>{@code reposition}, {@code replay}, {@link #retryParked} and {@link #skipParked} call observers too. If this application
 * does not have the observers of the subscription, it stores the operation in the database, and a running node that has them
 * carries it out. The call waits for that, at most ten seconds.
 *
 * <p>A <em>turn</em> is one transaction in which a worker handles a page of events for one segment.
 * {@link #pause}, {@link #resume}, {@code reposition}, {@code replay}, {@link #changeSegments}, {@link #rename} and
 * {@link #delete} wait for the current turns. {@link #catchUp}, {@link #retryParked}, {@link #skipParked} and
 * {@link #discardParked} do not: if another worker or node is taking a turn, they throw
 * {@link SubscriptionBusyException}. All these methods throw {@link IllegalStateException} if an observer of the same subscription
 * calls them, or code that runs inside a move of it. The same holds for observers of other versions of the projection, and for those of
 * {@link org.meowmx.projection.ProjectionSwitched}.
 */
public interface Subscriptions {

    /** The largest number of parked streams in one list. */
    int MAX_PARKED = 1_000;

    /**
     * Declares a subscription at run time, for example for a tenant or a plug-in. The handler is called like an observer of
     * {@link RecordedEvent}: in the transaction that moves the checkpoint, on each node that has called this method.
     *
     * <p>The checkpoint is kept in the database. After a restart the subscription continues where it was, when this method
     * is called again. The configuration is that of all subscriptions, or that of its name. A subscription that no running node has
     * declared is an orphan: its events wait, and it can be deleted.
     *
     * @param name the name, 1 to 255 characters without {@code @}
     * @param query the events: a category and types
     * @param handler handles each event, in order
     * @throws InvalidEventException if the name is not a valid name
     * @throws IllegalArgumentException if the query has more than a category and types
     * @throws SubscriptionConflictException if this application declares the name already, it is external, or it was renamed or
     *     deleted on purpose
     */
    void subscribe(String name, LogQuery query, Consumer<RecordedEvent> handler);

    /**
     * Ends a subscription of {@link #subscribe} on this node. A turn that is running ends normally. The checkpoint is kept: when no
     * node has the subscription any more, it can be {@linkplain #delete deleted}.
     *
     * @throws UnknownSubscriptionException if this node has not declared it at run time
     */
    void unsubscribe(String name);

    /** The names of all subscriptions that this application declares, with a checkpoint or without. */
    Set<String> names();

    /**
     * All subscriptions that have a checkpoint, in the order of their names, with those that no running node declares
     * any more (orphans).
     *
     * <p>Calls at about the same time share one list, so it can be two seconds old. After an operation of this node the list is read
     * again. {@link #status} is never shared.
     */
    List<SubscriptionStatus> list();

    /**
     * The state of one subscription.
     *
     * @throws UnknownSubscriptionException if no checkpoint has this name
     */
    SubscriptionStatus status(String name);

    /**
     * The nodes that run subscriptions, in the order of their names. A node that crashed remains listed for some
     * minutes.
     */
    List<NodeStatus> nodes();

    /**
     * Pauses a subscription: the current turns end, and no further turn starts until it is resumed.
     *
     * @throws UnknownSubscriptionException if no checkpoint has this name
     */
    void pause(String name);

    /**
     * Ends a pause. A failed event is retried immediately.
     *
     * <p>A name that was renamed or deleted, and is still declared, is created again and starts as configured.
     *
     * @throws UnknownSubscriptionException if no checkpoint has this name, and it was not renamed or deleted
     */
    void resume(String name);

    /**
     * Moves a paused subscription to another place in the log. Its parked events are discarded.
     *
     * <p>The observers of {@link SubscriptionRepositioned} are called in the same transaction, to empty the read model. If
     * one of them throws an exception, everything is rolled back.
     *
     * @param from the place from which it reads next
     * @return the number of parked events that were discarded
     * @throws UnknownSubscriptionException if no checkpoint has this name
     * @throws SubscriptionConflictException if the subscription is not paused, or no running node has its observers
     * @throws OperationPendingException if another node has to carry it out, and has not done so within ten seconds
     * @throws OperationFailedException if an observer on another node threw an exception
     */
    long reposition(String name, ReadFrom from);

    /**
     * As {@link #reposition(String, ReadFrom)}, with work of the caller in the same transaction, before the observers are
     * called.
     *
     * @param clear work that empties the read model
     * @throws SubscriptionConflictException if the subscription is not paused, or this application does not have its
     *     observers
     */
    long reposition(String name, ReadFrom from, Runnable clear);

    /**
     * The effects of handling events of this subscription again. Read them before a {@link #replay} or
     * {@link #reposition}.
     *
     * @throws UnknownSubscriptionException if no checkpoint has this name
     */
    ReplayEffects replayEffects(String name);

    /**
     * Moves a subscription to the beginning of the log, between two turns, and ends a pause. Otherwise it works like
     * {@link #reposition(String, ReadFrom)}.
     *
     * @return the number of parked events that were discarded
     * @throws UnknownSubscriptionException if no checkpoint has this name
     * @throws SubscriptionConflictException if no running node has its observers
     * @throws OperationPendingException as in {@link #reposition(String, ReadFrom)}
     * @throws OperationFailedException as in {@link #reposition(String, ReadFrom)}
     */
    long replay(String name);

    /**
     * As {@link #replay(String)}, with work of the caller in the same transaction, before the observers are called.
     *
     * @param clear work that empties the read model
     * @throws SubscriptionConflictException if this application does not have its observers
     */
    long replay(String name, Runnable clear);

    /**
     * Changes the number of segments while the subscription is running.
     *
     * <p>Splitting takes effect immediately. Segments can be merged only at the same position. If they differ, the
     * request is stored: from then on the faster segments wait for the slower ones, and when all have reached the same
     * position, a node that runs the subscription merges them. Until then {@link SubscriptionStatus#wantedSegments}
     * differs from the number of segments. A call with the current number of segments cancels the request.
     *
     * @param count 1 to 1024
     * @throws IllegalArgumentException if the count is outside of 1 to 1024
     * @throws UnknownSubscriptionException if no checkpoint has this name
     * @throws SubscriptionConflictException if a segment is failing
     */
    void changeSegments(String name, int count);

    /**
     * Waits until the subscription has handled every event up to a position that it subscribes to, so a caller can read
     * its own writes.
     *
     * <p>If the name is that of a projection with several versions, it waits for the version that serves.
     *
     * @param position for example {@link org.meowmx.AppendResult#position}
     * @param timeout the longest time to wait
     * @return false if the time was over first, or the thread was interrupted
     * @throws UnknownSubscriptionException if neither a checkpoint nor an observer of this application has this name, or is the
     *     version that serves
     * @throws IllegalStateException inside a transaction, which could delay the events that the call waits for
     */
    boolean await(String name, long position, Duration timeout);

    /**
     * Delivers all events that the subscription has not handled yet, up to the high-water mark, in the calling thread,
     * also if it is paused. For tests and tools.
     *
     * <p>Call it without a transaction, because each turn has its own. If an observer fails, its exception is thrown,
     * and the failure is not recorded.
     *
     * @return the number of events that were delivered
     * @throws UnknownSubscriptionException if no observer of this application declares the subscription
     * @throws SubscriptionBusyException if another worker or node is taking a turn of the subscription
     */
    long catchUp(String name);

    /**
     * The first {@value #MAX_PARKED} parked streams of a subscription, in the order of their first parked events.
     * {@link SubscriptionStatus#parkedStreams} is their total number.
     *
     * @throws UnknownSubscriptionException if neither a checkpoint nor an observer of this application has this name
     */
    default List<ParkedStream> parked(String name) {
        return parked(name, 0, MAX_PARKED);
    }

    /**
     * A page of the parked streams of a subscription, in the order of their first parked events.
     *
     * @param after only streams whose first parked event is after this position: the
     *     {@link ParkedStream#firstPosition} of the last stream of the page before, or 0
     * @param limit the largest number of streams, 1 to {@value #MAX_PARKED}
     * @throws IllegalArgumentException if the limit is outside of its range
     * @throws UnknownSubscriptionException if neither a checkpoint nor an observer of this application has this name
     */
    List<ParkedStream> parked(String name, long after, int limit);

    /**
     * One parked stream with the whole text of its failure; empty if no event of the stream is parked.
     *
     * @throws UnknownSubscriptionException if neither a checkpoint nor an observer of this application has this name
     */
    Optional<ParkedStream> parked(String name, StreamId stream);

    /**
     * Handles the parked events of a stream, in order. When all are handled, the stream is delivered normally again.
     *
     * @return the number of events that were handled
     * @throws RuntimeException the exception that an observer threw; the event that failed and those after it stay
     *     parked
     * @throws UnknownSubscriptionException if no checkpoint has this name
     * @throws SubscriptionBusyException if another worker or node is taking a turn of the stream's segment
     * @throws SubscriptionConflictException if no running node has the observers of the subscription
     * @throws OperationPendingException as in {@link #reposition(String, ReadFrom)}
     * @throws OperationFailedException as in {@link #reposition(String, ReadFrom)}
     */
    long retryParked(String name, StreamId stream);

    /**
     * Discards the first parked event of a stream without handling it, and handles the rest as {@link #retryParked}
     * does.
     *
     * @return the number of events that were handled
     * @throws RuntimeException as in {@link #retryParked}
     * @throws UnknownSubscriptionException if no checkpoint has this name
     * @throws SubscriptionBusyException if another worker or node is taking a turn of the stream's segment
     * @throws SubscriptionConflictException as in {@link #retryParked}; then nothing is discarded
     * @throws OperationPendingException as in {@link #reposition(String, ReadFrom)}
     * @throws OperationFailedException as in {@link #reposition(String, ReadFrom)}
     */
    long skipParked(String name, StreamId stream);

    /**
     * Discards all parked events of a stream without handling them. The stream is delivered normally again, starting
     * with its next event.
     *
     * @return the number of events that were discarded
     * @throws UnknownSubscriptionException if neither a checkpoint nor an observer of this application has this name
     * @throws SubscriptionBusyException if another worker or node is taking a turn of the stream's segment
     */
    long discardParked(String name, StreamId stream);

    /**
     * Renames the checkpoint and the parked events of an orphan, after its subscription was renamed in the code. A node of an
     * older release that still declares the old name does not create it again.
     *
     * <p>If the new name already has a checkpoint, that one must be paused. It is deleted with its parked events, and
     * the subscription stays paused.
     *
     * <p>If the name is that of a projection with several versions, all versions are renamed, and the same one serves. Each version
     * of the new name must be replaced by the same version of the old name.
     *
     * @param orphan the old name, which no observer of a running node declares
     * @param name the new name, 1 to 255 characters
     * @throws InvalidEventException if the new name is not a valid name
     * @throws UnknownSubscriptionException if no checkpoint has the old name
     * @throws SubscriptionConflictException if an observer of a running node declares a version of the old name, if the new name
     *     has a checkpoint that is not paused or that has no replacement, or if both names are the same
     */
    void rename(String orphan, String name);

    /**
     * Deletes the checkpoint and the parked events of an orphan. A node that still declares the name does not create it again,
     * unless it is {@linkplain #resume resumed}.
     *
     * @param orphan a name that no observer of a running node declares
     * @throws UnknownSubscriptionException if no checkpoint has this name
     * @throws SubscriptionConflictException if an observer of a running node declares it
     */
    void delete(String orphan);
}
