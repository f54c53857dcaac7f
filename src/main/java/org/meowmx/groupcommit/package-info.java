/**
 * Group commit: requests of several threads share one transaction, because a commit costs as much for many requests as
 * for one. The package knows threads, queues and limits. Its user defines what a request is, and writes the groups.
 *
 * <h2>Idea</h2>
 * The package has no thread and no timer. A thread that has a request does one of two things:
 * <ul>
 *   <li>it writes <em>alone</em>, if no group exists and only few others write alone: for few writers, a group costs
 *       more than it saves; or
 *   <li>it joins the queue. At most two <em>lanes</em> write groups. The second lane is used while several requests
 *       wait or the first lane is slow, so the database executes one group while the other commits.
 * </ul>
 *
 * <p>When a lane is free, the thread whose request is first in the queue becomes the <em>leader</em>. It takes the
 * requests in the queue, up to some limits, writes them, and hands each <em>follower</em> its answer. Meanwhile, the
 * next group collects in the queue. So groups grow with the load, and nobody waits for a group to become full.
 *
 * <h2>Rules</h2>
 * <ul>
 *   <li>A request waits while another one of its key, or with one of its ids, is being written in a group or alone.
 *       Requests of one key are written in their order. Several are in one group only if all of them allow it
 *       ({@link org.meowmx.groupcommit.GroupRequest#sharesItsKey}).
 *   <li>A follower can leave while its request is in the queue: when it is interrupted, or when it has waited too long.
 *       Nothing is written for it. Once its request is taken, it waits for the answer, even if it is interrupted.
 *   <li>A leader writes one group. It clears its interrupt while it writes for others, and restores it.
 *   <li>An answer is data. Each thread turns its answer into a result or an exception of its own. The answer may be
 *       that the caller must write alone, for example because it would have to wait for a lock.
 *   <li>Followers get their answers, and the lane is free, before any other work that follows from the commit.
 * </ul>
 *
 * <h2>What may go wrong</h2>
 * If a group fails and the leader's own thread may be the reason, only the leader's request fails, and the next in the
 * queue leads. If the answer does not arrive in time, the follower reports that the outcome is unknown.
 */
@NullMarked
package org.meowmx.groupcommit;

import org.jspecify.annotations.NullMarked;
