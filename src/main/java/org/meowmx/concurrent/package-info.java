/**
 * Small tools for threads that several packages need:
 * <ul>
 *   <li>{@link org.meowmx.concurrent.Coalesced} runs a task that many threads request;
 *   <li>{@link org.meowmx.concurrent.WakeablePoll} repeats a task at an interval, and soon after it is woken;
 *   <li>{@link org.meowmx.concurrent.SharedResult} reads once for callers at about the same time;
 *   <li>{@link org.meowmx.concurrent.JvmShutdown} begins work when the JVM is asked to end;
 *   <li>{@link org.meowmx.concurrent.Outage} logs when repeated work begins to fail and when it works again.
 * </ul>
 *
 * <p>The package uses no other package of the library.
 */
@NullMarked
package org.meowmx.concurrent;

import org.jspecify.annotations.NullMarked;
