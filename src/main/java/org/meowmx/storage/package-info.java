/**
 * The log in the database: appending, reading, and the high-water mark that makes reading safe.
 *
 * <p>The idea: an append is one statement whose parts feed each other. It first takes the stream's row (which makes the
 * writers of one stream wait for each other and answers the expected version), then raises a <em>fence</em>, and only then
 * draws positions. The fence is a shared advisory lock whose number is the last position that had been drawn before it: it
 * says "all my positions are greater than this". Shared locks never wait for each other, so writers of different streams do
 * not meet at all.
 *
 * <p>A reader asks first for the last drawn position, then for all fences. The smallest of these numbers is the
 * <em>high-water mark</em>: a writer whose fence is not in the list raised it after the list was read, and so draws
 * positions beyond the number that was read before the list. A fence falls only after its transaction's rows are visible.
 * Hence everything at or below the mark is decided for good, and no transaction that has appended nothing can hold it back.
 *
 * <p>Invariants:
 * <ul>
 *   <li>positions are drawn by the append statement and nowhere else, one by one, never reserved ahead;
 *   <li>every append statement takes the fence; the later ones of a transaction take the same number again, because a
 *       rollback to a savepoint may have dropped the first;
 *   <li>the number is {@code coalesce(last value, 0)}: before the first draw there is no last value, and a lock function
 *       given a null would take no lock and say nothing;
 *   <li>the mark is read anew for each page, and only under READ COMMITTED.
 * </ul>
 *
 * <p>On H2, which is for tests, an append locks the one row of {@code meowmx_log}, so that the order of commits is the
 * order of positions.
 */
@NullMarked
package org.meowmx.storage;

import org.jspecify.annotations.NullMarked;
