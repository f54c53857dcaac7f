/**
 * Transactions that the library begins itself, and plain SQL in whatever transaction is at hand.
 *
 * <p>Invariants: work returns only when its transaction is committed; whatever else becomes of it is an unchecked exception.
 */
@NullMarked
package org.meowmx.transaction;

import org.jspecify.annotations.NullMarked;
