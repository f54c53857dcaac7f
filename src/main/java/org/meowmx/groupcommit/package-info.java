/**
 * Group commit: requests of several threads that share one transaction, because a commit costs as much for many as for one.
 * This package knows threads, queues and limits; what a request is and how a group is written is the business of its user.
 *
 * <p>There is no thread of its own and no timer. A thread that has a request either
 * <ul>
 *   <li>goes <em>alone</em>, if no group exists and only few others write alone: for few writers a group costs more than it saves; or
 *   <li>joins the queue. At most two <em>lanes</em> write groups; the second is used while several requests wait or the first is slow,
 *       so that the database executes one group while the other commits. The thread whose request is first in the queue when a lane is free becomes
 *       the <em>leader</em>: it takes what is in the queue, up to some limits, writes it, and hands each <em>follower</em> its
 *       answer. While a group is being written, the next one collects in the queue. So groups grow with the load, and nobody
 *       waits for a group to become full.
 * </ul>
 *
 * <p>Rules:
 * <ul>
 *   <li>a request waits while another one of its key, or with one of its ids, is being written in a group or alone. Requests of one
 *       key are written in their order. Several are in one group only if all of them allow it
 *       ({@link org.meowmx.groupcommit.GroupRequest#sharesItsKey});
 *   <li>a follower can leave while its request is in the queue: when it is interrupted, or when it has waited too long. Nothing is
 *       written for it. Once it is taken it waits for the answer, even if it is interrupted, and after too long it reports that
 *       the outcome is unknown;
 *   <li>a leader writes one group. If it fails and its own thread may be the reason, only its own request fails, and the next in the
 *       queue leads. It clears its interrupt while it writes for others, and restores it;
 *   <li>an answer is data. Each thread turns its answer into a result or an exception of its own. The answer may be that the caller
 *       must write alone, for example because it would have to wait for a lock;
 *   <li>followers get their answers, and the lane is free, before anything else is done that only follows from the commit.
 * </ul>
 */
@NullMarked
package org.meowmx.groupcommit;

import org.jspecify.annotations.NullMarked;
