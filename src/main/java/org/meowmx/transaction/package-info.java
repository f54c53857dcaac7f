/**
 * Every JTA transaction that the library begins or joins, and plain SQL inside it.
 *
 * <p>Three classes, one for each kind: {@link org.meowmx.transaction.OwnTransaction} begins a new transaction,
 * {@link org.meowmx.transaction.ClaimTransaction} begins one that may hold the claim of a subscription, and
 * {@link org.meowmx.transaction.CurrentTransaction} is the caller's.
 *
 * <p>Invariants:
 * <ul>
 *   <li>{@code run} returns only if its transaction was committed; every other outcome is an unchecked exception;
 *   <li>nobody else begins a transaction with REQUIRES_NEW;
 *   <li>the package depends on no other package of the library.
 * </ul>
 */
@NullMarked
package org.meowmx.transaction;

import org.jspecify.annotations.NullMarked;
