/**
 * Import and export of events as lines of CloudEvents JSON.
 *
 * <p>An export reads the log page by page up to the high-water mark. An import stores up to 1,000 lines per
 * transaction, in the order of the lines, and skips events that the log already has. An interrupted import can
 * therefore be repeated.
 *
 * <p>What may go wrong: if an export fails after its first line, its last line is a sentence that is not JSON, so an
 * import of it fails as well. If a line of an import is invalid, the problem names the line, and the transactions
 * before it stay stored.
 */
@NullMarked
package org.meowmx.rest.transfer;

import org.jspecify.annotations.NullMarked;
