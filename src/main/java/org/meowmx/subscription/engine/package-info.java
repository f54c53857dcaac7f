/**
 * Durable readers of the log: subscriptions, made by naming them on an observer.
 *
 * <p>The idea, in four layers: the <em>lifecycle</em> starts one poller per node and stops it; the <em>poller</em> finds with
 * one query which segments of all subscriptions have something to do, at every tick and when it is woken, and takes what the
 * node itself has appended to the segments that it knows without asking; a <em>worker</em> takes turns of one segment until
 * nothing is left, and never throws; a <em>turn</em> is one JTA transaction: claim the checkpoint row (skipping it when another
 * node holds it), read the mark and the next page up to it, fire the CDI events, move the checkpoint, commit. What observers
 * write through the same data source therefore happens exactly once.
 *
 * <p>A subscription is divided into <em>segments</em>, ranges of the fixed slices of stream ids. Each has a checkpoint of its
 * own, so that several workers and nodes share a subscription while the order of each stream is kept.
 *
 * <p>Nodes know each other by a row with a beat. A checkpoint is read under the filter that all living nodes ask for together;
 * a node of another release, which asks for anything else, leaves it alone.
 *
 * <p>Invariants:
 * <ul>
 *   <li>a turn runs under READ COMMITTED, set as its first statement, because the mark ignores snapshots;
 *   <li>the mark is read anew in every turn;
 *   <li>a checkpoint moves to the end of what was read, which is the mark only when the page came back short, and only to the
 *       last event that was handled when the turn ended early;
 *   <li>no turn reads beyond the place where segments meet to be joined;
 *   <li>every event is handled by the observers of {@code RecordedEvent} before those of its class, and those of the whole
 *       page come last;
 *   <li>events of a stream of which one is parked are parked too, in their order, until none is left;
 *   <li>parked events are handled and segments are changed only under the claims of the segments concerned;
 *   <li>a checkpoint is moved, by a turn or past a parked event, only under the filter that is the node's own;
 *   <li>a failure is noted only of an event that was alone in its turn and is still the next one under a fresh claim;
 *   <li>code of the application works under a claim only within the limits of a turn.
 * </ul>
 *
 * <p>What is delivered comes through the store's API. Only {@link org.meowmx.subscription.engine.Backlog} looks at the table of
 * events itself, to find work for many segments at once.
 */
@NullMarked
package org.meowmx.subscription.engine;

import org.jspecify.annotations.NullMarked;
