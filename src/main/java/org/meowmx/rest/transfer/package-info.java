/**
 * Import and export of events as lines of CloudEvents JSON.
 *
 * <p>An export reads the log page by page up to the high-water mark. An import stores up to 1,000 lines per transaction, in the
 * order of the lines, and skips events that the log already has. An interrupted import can therefore be repeated.
 */
@NullMarked
package org.meowmx.rest.transfer;

import org.jspecify.annotations.NullMarked;
