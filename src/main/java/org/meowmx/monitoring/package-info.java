/**
 * Health checks for MicroProfile Health: whether the store has started, whether its database answers, whether the poll
 * loop makes progress, and which transaction blocks a subscription or the high-water mark.
 *
 * <p>Invariants:
 * <ul>
 *   <li>liveness never asks the database, because a restart of the application does not repair a database;
 *   <li>no health check shows the data of an event or a text of the database's driver. The message of an exception of the
 *       application is shown, so an application must not put secrets into it;
 *   <li>no other package uses this one, so it may be deleted.
 * </ul>
 */
@NullMarked
package org.meowmx.monitoring;

import org.jspecify.annotations.NullMarked;
