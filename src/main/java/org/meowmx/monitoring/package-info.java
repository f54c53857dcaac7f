/**
 * Health for MicroProfile Health: whether the store has started, whether its database answers, whether its loop is alive, and
 * who holds a subscription or the mark back.
 *
 * <p>Invariants: liveness never asks the database, because restarting the application does not mend a database; nothing here
 * shows the data of an event. The package may be deleted without the library missing it.
 */
@NullMarked
package org.meowmx.monitoring;

import org.jspecify.annotations.NullMarked;
