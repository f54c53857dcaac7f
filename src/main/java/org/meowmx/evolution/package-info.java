/**
 * Reading old events as if they had been written today.
 *
 * <p>A stored event never changes. If its class gets another shape, an {@link org.meowmx.evolution.Upcaster} turns the stored
 * JSON of each older schema version into JSON of today when it is read. An application declares its upcasters in a bean that
 * implements {@link org.meowmx.evolution.Evolution}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>upcasters change what a reader sees, never what is stored;
 *   <li>they run in the order of schema versions, each at most once for an event;
 *   <li>the package uses the store's API alone.
 * </ul>
 */
@NullMarked
package org.meowmx.evolution;

import org.jspecify.annotations.NullMarked;
