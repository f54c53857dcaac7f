/**
 * The log in the database: appending, reading, and the high-water mark that makes reading safe.
 *
 * <p>An append to one stream is normally one SQL statement, whatever the number of events. It has three steps. It first
 * locks the row of the stream, so writers of one stream wait for each other and the expected version is checked. Then
 * it raises a <em>fence</em>. Only then does it draw positions. The fence is a shared advisory lock whose number is the
 * last position that was drawn before it. It means "all my positions are greater than this number". Shared locks never
 * wait for each other, so writers of different streams do not block each other.
 *
 * <p>A reader first reads the last drawn position, then all fences. The smallest of these numbers is the <em>high-water mark</em>.
 * A writer whose fence is not in the list raised it after the list was read. It therefore draws positions greater than the one
 * that the reader read before the list. A fence is released only after the rows of its transaction are visible. Hence every
 * position at or below the mark is final: its event is visible, or it never will be. A transaction that has appended nothing
 * cannot hold the mark back.
 *
 * <p>Invariants:
 * <ul>
 *   <li>only the append statement draws positions, one by one, never in advance;
 *   <li>every append statement takes the fence. Later ones of the same transaction take the same number again, because a
 *       rollback to a savepoint may have released the first;
 *   <li>the number is {@code coalesce(last value, 0)}: before the first draw there is no last value, and a lock function silently
 *       takes no lock if its argument is null;
 *   <li>the mark is read again for each page, and only under READ COMMITTED;
 *   <li>the sequence never goes back below a position that is in use. {@link org.meowmx.storage.PositionGuard} notices it if
 *       somebody sets it back.
 * </ul>
 *
 * <p>On H2, which is for tests, an append locks the single row of {@code meowmx_log}. The order of commits is then the order of
 * positions.
 *
 * <p>Where to find things: {@link org.meowmx.storage.Storage} builds the objects, {@link org.meowmx.storage.ReachableDatabase}
 * opens the first connection, {@link org.meowmx.storage.StorageStartup} checks the server and checks or migrates the tables, and
 * {@link org.meowmx.storage.EventColumns} has the columns of an event.
 *
 * <p>To support another database, begin with {@link org.meowmx.storage.Dialect}. Further places depend on the database:
 * {@code Database}, {@code ClaimTransaction}, {@code SessionLimits} and {@code SqlState} of the package {@code transaction}; the SQL of
 * {@code Checkpoints}, {@code DueSegments}, {@code IdleCheckpoints}, {@code ParkedEvents}, {@code HeldClaims}, {@code RetryTimes},
 * {@code SwitchClaims} and {@code cluster.Signals} of {@code subscription.engine}; and the SQL of {@code aggregate.SnapshotTable}.
 */
@NullMarked
package org.meowmx.storage;

import org.jspecify.annotations.NullMarked;
