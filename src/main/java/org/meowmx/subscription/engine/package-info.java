/**
 * The engine that runs durable readers of the log, called subscriptions.
 *
 * <h2>Overview</h2>
 * An observer method with {@code @Subscribed} declares a subscription. For each one, the engine reads the log, calls
 * the observers, and stores its position in a checkpoint. The classes work in layers:
 * <ul>
 *   <li>{@link org.meowmx.subscription.engine.SubscriptionLifecycle} starts the engine with the application and stops
 *       it.
 *   <li>{@link org.meowmx.subscription.engine.Poller} is the poll loop of a node. One query finds the segments of all
 *       subscriptions that have work. It runs at an interval, after an append of this node, and when a peer signals an
 *       append.
 *   <li>{@link org.meowmx.subscription.engine.SegmentWorker} takes turns of one segment until nothing is left. It never
 *       throws.
 *   <li>{@link org.meowmx.subscription.engine.Turn} is one JTA transaction: claim the checkpoint row, read the
 *       high-water mark and the next page up to it, fire the CDI events, move the checkpoint, commit. If another node
 *       holds the claim, the turn does nothing. What observers write through the same data source therefore happens
 *       exactly once.
 * </ul>
 *
 * <h2>Segments</h2>
 * Every stream belongs to one of 1024 slices, and a segment is a range of slices. Each segment has its own checkpoint.
 * So several workers and nodes share a subscription, and the order of each stream is kept.
 * {@link org.meowmx.subscription.engine.SegmentLayout} splits segments, and
 * {@link org.meowmx.subscription.engine.SegmentMerge} merges them.
 *
 * <h2>States of a segment</h2>
 * <pre>
 *                    event fails                       attempts used up, on-failure=park
 *   running  ----------------------------&gt;  failing  ------------------------------------&gt;  running, event parked
 *      ^  &lt;----------------------------        |
 *      |      retry succeeds                   | retry fails: longer delay
 *      |                                       v
 *      |                                    failing
 *      |
 *      +--- pause / resume ---  paused
 * </pre>
 * A failing segment handles one event per turn, so that a failure is always caused by a known event.
 * {@link org.meowmx.subscription.engine.Failures} records it, and {@link org.meowmx.subscription.engine.declaration.FailurePolicy}
 * decides between a retry and parking. {@link org.meowmx.subscription.engine.ParkedStreams} has the operations on parked events for
 * operators.
 *
 * <h2>Versions of a projection</h2>
 * A subscription may be a version of a projection. {@link org.meowmx.subscription.engine.ServingVersions} stores which one serves, and a
 * checkpoint is read together with it. A version that does not serve never reads past the serving one, and its handlers have no live
 * effects ({@link org.meowmx.subscription.engine.Checkpoint#handling}).
 * {@link org.meowmx.subscription.engine.ProjectionSwitch} makes another version serve, under the claims of both.
 *
 * <h2>Several nodes and releases</h2>
 * Each node has a row with a heartbeat counter and the filters that its observers request. A checkpoint has the filter
 * that all running nodes request together ({@link org.meowmx.subscription.engine.FilterReconciliation}). A node whose
 * own filter differs takes no turn, because it would skip events that another release handles.
 *
 * <h2>Rules</h2>
 * <ul>
 *   <li>A turn runs under READ COMMITTED, set by its first statement, because the high-water mark ignores snapshots.
 *   <li>The high-water mark is read again in every turn.
 *   <li>A checkpoint moves to the end of what was read. That is the high-water mark only if the page was not full. If
 *       the turn ended early, it is the position of the last handled event.
 *   <li>No turn reads past a merge point, and none of a version that does not serve past the version that does.
 *   <li>Which version serves changes only under the claims of all segments of both versions.
 *   <li>Observers of {@code RecordedEvent} handle an event before those of its class. Observers of the whole page come
 *       last.
 *   <li>While one event of a stream is parked, its later events are parked too, in order.
 *   <li>Parked events are handled, and segments are changed, only under the claims of the segments concerned.
 *   <li>A node moves a checkpoint, in a turn or past a parked event, only if the checkpoint has the node's own filter.
 *   <li>A failure is recorded only for an event that was alone in its turn and is still the next one under a new claim.
 *   <li>Code of the application runs under a claim only within the limits of a turn.
 * </ul>
 *
 * <h2>What may go wrong</h2>
 * <ul>
 *   <li>An observer throws an exception. Its turn is rolled back, and the event is retried or parked.
 *   <li>A node crashes. The database ends its transactions, and another node continues after the last committed turn.
 *   <li>A node is frozen. After the limits of a turn, PostgreSQL ends its session, so another node can claim the segment.
 *   <li>The database is not available, so a failure cannot be recorded. The node waits before it tries the segment again
 *       ({@link org.meowmx.subscription.engine.UnrecordedFailures}).
 *   <li>The sequence of positions was set back. Turns do nothing until it is repaired.
 * </ul>
 *
 * <h2>Wiring</h2>
 * {@link org.meowmx.subscription.engine.SubscriptionEngine} creates all objects by constructors.
 * {@link org.meowmx.subscription.engine.Platform} is the edge to the container: what is injected into the engine, and
 * what the engine gives to other beans. Apart from it, only SubscriptionLifecycle is a CDI bean.
 *
 * <p>Turns read events through the store's API. Only these classes read the table of events directly, because
 * they cover many segments at once or deliver nothing: {@link org.meowmx.subscription.engine.DueSegments} and
 * {@link org.meowmx.subscription.engine.IdleCheckpoints} in the poll loop,
 * {@link org.meowmx.subscription.engine.LagReader} and {@link org.meowmx.subscription.engine.Backlog}.
 */
@NullMarked
package org.meowmx.subscription.engine;

import org.jspecify.annotations.NullMarked;
