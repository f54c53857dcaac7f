/**
 * Small tools for threads that several packages need: {@link org.meowmx.concurrent.Coalesced} and
 * {@link org.meowmx.concurrent.JvmShutdown}.
 *
 * <p>The package uses no other package of the library.
 */
@NullMarked
package org.meowmx.concurrent;

import org.jspecify.annotations.NullMarked;
