/**
 * Small tools for threads that several packages need: {@link org.meowmx.concurrent.Coalesced} runs a task that many
 * threads request, {@link org.meowmx.concurrent.SharedResult} reads once for callers at about the same time,
 * {@link org.meowmx.concurrent.JvmShutdown} begins work when the JVM is asked to end, and
 * {@link org.meowmx.concurrent.Outage} logs what fails for a long time.
 *
 * <p>The package uses no other package of the library.
 */
@NullMarked
package org.meowmx.concurrent;

import org.jspecify.annotations.NullMarked;
