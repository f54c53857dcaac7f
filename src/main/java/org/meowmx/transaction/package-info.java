/**
 * Every JTA transaction that the library begins or joins, and plain SQL inside it.
 *
 * <p>Three classes, one for each kind of transaction: {@link org.meowmx.transaction.OwnTransaction} begins a new transaction,
 * {@link org.meowmx.transaction.ClaimTransaction} begins one that may hold the claim of a subscription, and
 * {@link org.meowmx.transaction.CurrentTransaction} is the caller's. {@link org.meowmx.transaction.TransactionLimits} are
 * the limits of a transaction that runs code of the application.
 *
 * <p>Classes for SQL: {@link org.meowmx.transaction.Database} knows which database it is,
 * {@link org.meowmx.transaction.PlainSql} runs queries on the connection of the transaction, and
 * {@link org.meowmx.transaction.SqlState} reads the SQLSTATE of an exception, for which {@link org.meowmx.transaction.Causes}
 * lists what the exception carries. {@link org.meowmx.transaction.RootCause} puts a
 * failure into words.
 *
 * <p>Invariants:
 * <ul>
 *   <li>{@code run} of OwnTransaction and ClaimTransaction returns only if its transaction was committed; every other
 *       outcome is an unchecked exception;
 *   <li>nobody else begins a transaction with REQUIRES_NEW;
 *   <li>the package depends on no other package of the library.
 * </ul>
 */
@NullMarked
package org.meowmx.transaction;

import org.jspecify.annotations.NullMarked;
