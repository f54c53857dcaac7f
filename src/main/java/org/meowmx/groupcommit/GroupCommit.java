package org.meowmx.groupcommit;

import jakarta.transaction.TransactionalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.meowmx.groupcommit.Member.State;

/**
 * Lets the requests of several threads share transactions; the package explains the protocol. A thread calls
 * {@link #startAlone} first. If that is refused, it calls {@link #submit}.
 *
 * @param <R> the requests
 * @param <A> the answers
 */
public final class GroupCommit<R extends GroupRequest, A> {

    /** How many groups are written at the same time: while one commits, the other one is being filled by the database. */
    private static final int LANES = 2;

    /** How much longer than a group may take a follower waits for it. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final GroupWriter<R, A> writer;
    private final GroupLimits limits;
    private final Duration grace;

    private final Object lock = new Object();
    private final List<Member<R, A>> queue = new ArrayList<>();

    /** The keys and ids of the groups that are being written. */
    private final Set<Object> inFlight = new HashSet<>();

    private int busyLanes;
    private int alone;
    private boolean closed;

    public GroupCommit(GroupWriter<R, A> writer, GroupLimits limits) {
        this(writer, limits, GRACE);
    }

    GroupCommit(GroupWriter<R, A> writer, GroupLimits limits, Duration grace) {
        this.writer = writer;
        this.limits = limits;
        this.grace = grace;
    }

    /**
     * Whether the caller may write its request alone. If it may, it must call {@link #endAlone} afterwards.
     *
     * <p>Those who write alone occupy no lane: one of them may wait for a lock for a long time.
     */
    public boolean startAlone(R request) {
        synchronized (lock) {
            boolean idle = busyLanes == 0 && queue.isEmpty() && alone < LANES;
            if (closed || idle || !limits.allow(request)) {
                alone++;
                return true;
            }
            return false;
        }
    }

    public void endAlone() {
        synchronized (lock) {
            alone--;
        }
    }

    /**
     * Has a request written in a group, by this thread or by another.
     *
     * @return the answer of the writer
     * @throws TransactionalException if nothing was written, because the thread was interrupted or waited too long
     */
    public A submit(R request) {
        Member<R, A> member = new Member<>(request);
        synchronized (lock) {
            queue.add(member);
            appointLeaders();
        }
        State reached = await(member);
        if (reached == State.LEADING) {
            return lead(member);
        }
        A answer = member.answer();
        return reached == State.TAKEN || answer == null ? writer.unknown() : answer;
    }

    /** Gives free lanes to the first in the queue that can be written now. The lock is held. */
    private void appointLeaders() {
        while (busyLanes < LANES) {
            Member<R, A> next = firstFree();
            if (next == null) {
                return;
            }
            queue.remove(next);
            occupy(next.request());
            busyLanes++;
            next.become(State.LEADING);
        }
    }

    private @Nullable Member<R, A> firstFree() {
        Set<Object> passed = new HashSet<>();
        for (Member<R, A> member : queue) {
            R request = member.request();
            if (!inFlight.contains(request.key()) && hasFreeIds(request) && !passed.contains(request.key())) {
                return member;
            }
            passed.add(request.key());
        }
        return null;
    }

    private boolean hasFreeIds(R request) {
        return request.ids().stream().noneMatch(inFlight::contains);
    }

    private void occupy(R request) {
        inFlight.add(request.key());
        inFlight.addAll(request.ids());
    }

    /** Waits until the member leads or is answered; {@code TAKEN} if it has waited too long for its answer. */
    private State await(Member<R, A> member) {
        boolean interrupted = false;
        try {
            while (true) {
                State state = member.state();
                if (state == State.LEADING || state == State.ANSWERED) {
                    return state;
                }
                long left = (state == State.QUEUED ? limits.timeout() : limits.timeout().plus(grace)).toNanos()
                        - member.nanosInState();
                if (state == State.TAKEN && left <= 0 && leave(member, State.TAKEN)) {
                    return state;
                }
                if (state == State.QUEUED && (interrupted || left <= 0) && leave(member, State.QUEUED)) {
                    throw new TransactionalException(
                            interrupted
                                    ? "The thread was interrupted before its append began, so nothing was stored"
                                    : "The append waited %s for other appends of this node, so nothing was stored. Check why the database is slow"
                                            .formatted(limits.timeout()),
                            null);
                }
                LockSupport.parkNanos(this, Math.max(1, left));
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets a member go; false if it is no longer in that state. */
    private boolean leave(Member<R, A> member, State from) {
        synchronized (lock) {
            if (!member.is(from)) {
                return false;
            }
            queue.remove(member);
            member.become(State.LEFT);
            return true;
        }
    }

    private A lead(Member<R, A> leader) {
        boolean interrupted = Thread.interrupted();
        Group<R, A> group = new Group<>(limits);
        List<A> answers = List.of();
        boolean begun = true;
        try {
            take(leader, group);
            answers = writer.write(
                    group.members().stream().map(Member::request).toList());
            return answers.get(0);
        } catch (LeaderFailedException e) {
            begun = false;
            throw e.failure();
        } finally {
            end(group, begun);
            answer(group, answers);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Fills a group with the leader and with what is in the queue. Requests of one key are taken in their order. */
    private void take(Member<R, A> leader, Group<R, A> group) {
        synchronized (lock) {
            group.add(leader);
            Set<Object> passed = new HashSet<>();
            List<Member<R, A>> remaining = new ArrayList<>();
            for (Member<R, A> member : queue) {
                R request = member.request();
                boolean taken = !passed.contains(request.key()) && mayJoin(group, request);
                if (taken) {
                    group.add(member);
                    occupy(request);
                    member.become(State.TAKEN);
                } else {
                    passed.add(request.key());
                    remaining.add(member);
                }
            }
            queue.clear();
            queue.addAll(remaining);
        }
    }

    private boolean mayJoin(Group<R, A> group, R request) {
        boolean keyIsFree =
                group.hasKeyOf(request) ? group.sharesKeyWith(request) : !inFlight.contains(request.key());
        return keyIsFree && hasFreeIds(request) && group.hasRoomFor(request);
    }

    /** Frees the lane and what the group occupied, and appoints the next leader. Followers of a group that was not begun queue again. */
    private void end(Group<R, A> group, boolean begun) {
        synchronized (lock) {
            for (Member<R, A> member : group.members()) {
                inFlight.remove(member.request().key());
                member.request().ids().forEach(inFlight::remove);
            }
            if (!begun) {
                List<Member<R, A>> followers = group.removeFollowers().stream()
                        .filter(member -> member.is(State.TAKEN))
                        .toList();
                followers.forEach(member -> member.become(State.QUEUED));
                queue.addAll(0, followers);
            }
            busyLanes--;
            appointLeaders();
        }
    }

    /** Hands the followers their answers. They must not be lost, so nothing is allocated here. */
    private void answer(Group<R, A> group, List<A> answers) {
        List<Member<R, A>> members = group.members();
        for (int i = 1; i < members.size(); i++) {
            if (members.get(i).is(State.TAKEN)) {
                members.get(i).answer(i < answers.size() ? answers.get(i) : writer.unknown());
            }
        }
    }

    /**
     * From now on everybody writes alone. Waits until the groups that exist are written.
     *
     * @return whether they were written within the limit
     */
    public boolean close(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean quiet;
        do {
            synchronized (lock) {
                closed = true;
                quiet = busyLanes == 0 && queue.isEmpty();
            }
            if (!quiet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        } while (!quiet && System.nanoTime() < end);
        return quiet;
    }
}
