/**
 * Reading old events as if they had been written today.
 *
 * <p>A stored event never changes, but the classes of the application do. If a class gets another shape, an
 * {@link org.meowmx.evolution.Upcaster} turns the stored JSON of each older schema version into today's JSON when the
 * event is read. An application declares its upcasters in a bean that implements
 * {@link org.meowmx.evolution.Evolution}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>upcasters change what a reader sees, never what is stored;
 *   <li>they run in the order of schema versions, each at most once for an event;
 *   <li>upcasters that contradict each other, or form a cycle, fail the deployment;
 *   <li>the package uses the store's API alone.
 * </ul>
 */
@NullMarked
package org.meowmx.evolution;

import org.jspecify.annotations.NullMarked;
