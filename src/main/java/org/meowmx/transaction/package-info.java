/**
 * Every JTA transaction that the library begins or joins, and plain SQL inside it.
 *
 * <p>The library joins the caller's transaction where it can, and needs further transactions, which must not affect the
 * caller's. There is one class for each kind: {@link org.meowmx.transaction.OwnTransaction} begins a new transaction,
 * {@link org.meowmx.transaction.ClaimTransaction} begins one that may hold the claim of a subscription, and
 * {@link org.meowmx.transaction.CurrentTransaction} is the caller's. {@link org.meowmx.transaction.TransactionLimits}
 * are the limits of a transaction that runs code of the application.
 *
 * <p>Classes for SQL:
 * <ul>
 *   <li>{@link org.meowmx.transaction.Database} knows the product and the data source;
 *   <li>{@link org.meowmx.transaction.PlainSql} runs queries on the connection of the transaction, and
 *       {@link org.meowmx.transaction.Message} several of them in one round trip;
 *   <li>{@link org.meowmx.transaction.SqlState} finds the SQLSTATE in an exception and its
 *       {@link org.meowmx.transaction.Causes};
 *   <li>{@link org.meowmx.transaction.RootCause} describes a failure as text.
 * </ul>
 *
 * <p>Invariants:
 * <ul>
 *   <li>{@code run} of OwnTransaction and ClaimTransaction returns only if its transaction was committed; every other
 *       outcome is an unchecked exception;
 *   <li>no other class begins a transaction with REQUIRES_NEW;
 *   <li>the package depends on no other package of the library.
 * </ul>
 */
@NullMarked
package org.meowmx.transaction;

import org.jspecify.annotations.NullMarked;
