package org.meowmx.groupcommit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.meowmx.groupcommit.Member.State;

/**
 * Lets the requests of several threads share transactions; the package explains the protocol. A thread calls
 * {@link #startAlone} first. If that is refused, it calls {@link #submit}.
 *
 * @param <R> the requests
 * @param <A> the answers
 */
public final class GroupCommit<R extends GroupRequest, A> {

    /** How many groups are written at the same time: while one group commits, the database executes the other. */
    private static final int LANES = 2;

    /** A group that takes longer waits for something. Then the second lane is used for any request. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A follower waits this much longer than the timeout of a group. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final GroupWriter<R, A> writer;
    private final GroupLimits limits;
    private final Duration grace;

    private final Object lock = new Object();
    private final RequestQueue<R, A> queue = new RequestQueue<>();
    private int busyLanes;
    private long lastAppointed;
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
     * <p>Those who write alone occupy no lane: one of them may wait for a lock for a long time. Other requests of its key wait in
     * the queue meanwhile.
     */
    public boolean startAlone(R request) {
        synchronized (lock) {
            boolean idle = busyLanes == 0 && queue.isEmpty() && alone < limits.alone() && queue.isFree(request);
            if (closed || idle || !limits.fit(request)) {
                queue.occupy(request);
                alone++;
                return true;
            }
            return false;
        }
    }

    /** Ends what {@link #startAlone} has begun, or what {@link GroupWriter#isLeftToCaller} has left to the caller. */
    public void endAlone(R request) {
        synchronized (lock) {
            alone--;
            queue.release(request);
            appointLeaders();
        }
    }

    /**
     * Writes a request in a group, in this thread or another one. If {@link GroupWriter#isLeftToCaller} is true for the answer, the
     * caller writes the request alone and calls {@link #endAlone} afterwards.
     *
     * @return the answer of the writer
     * @throws NotWrittenException if the thread was interrupted or waited too long, so that nothing was written
     */
    public A submit(R request) {
        Member<R, A> member = new Member<>(request);
        enqueue(member);
        State reached = await(member);
        if (reached == State.LEADING) {
            return lead(member);
        }
        A answer = member.answer();
        return answer == null ? writer.unknown() : answer;
    }

    private void enqueue(Member<R, A> member) {
        synchronized (lock) {
            try {
                queue.add(member);
                appointLeaders();
            } catch (RuntimeException | Error e) {
                // no thread waits for the request any more
                queue.remove(member);
                throw e;
            }
        }
    }

    /** Gives free lanes to the first in the queue that can be written now. The lock is held. */
    private void appointLeaders() {
        while (busyLanes == 0 || (busyLanes < LANES && needsSecondLane())) {
            Member<R, A> next = queue.firstFree();
            if (next == null) {
                return;
            }
            queue.occupy(next.request());
            queue.remove(next);
            busyLanes++;
            lastAppointed = System.nanoTime();
            next.become(State.LEADING);
            next.wake();
        }
    }

    private boolean needsSecondLane() {
        return queue.size() >= limits.forSecondLane() || System.nanoTime() - lastAppointed > SLOW_NANOS;
    }

    /** Waits until the member leads, is answered, or has waited too long for its answer and has left. */
    private State await(Member<R, A> member) {
        boolean interrupted = false;
        try {
            while (true) {
                State state = member.state();
                if (state == State.LEADING || state == State.ANSWERED) {
                    return state;
                }
                long left = nanosLeft(state, member);
                boolean givesUp = left <= 0 || (interrupted && state == State.QUEUED);
                if (givesUp && leave(member, state)) {
                    if (state == State.TAKEN) {
                        return State.LEFT;
                    }
                    throw interrupted ? NotWrittenException.interrupted() : NotWrittenException.after(limits.timeout());
                }
                LockSupport.parkNanos(this, Math.max(1, state == State.QUEUED ? Math.min(left, SLOW_NANOS) : left));
                interrupted |= Thread.interrupted();
                if (state == State.QUEUED) {
                    openSecondLane();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Appoints a leader for the second lane if the group of the first has become slow and nothing else has happened since. */
    private void openSecondLane() {
        synchronized (lock) {
            appointLeaders();
        }
    }

    private long nanosLeft(State state, Member<R, A> member) {
        Duration most =
                state == State.QUEUED ? limits.timeout() : limits.timeout().plus(grace);
        return most.toNanos() - member.nanosInState();
    }

    /** Removes a member from its state; false if it is no longer in that state. */
    private boolean leave(Member<R, A> member, State from) {
        synchronized (lock) {
            if (!member.is(from)) {
                return false;
            }
            queue.remove(member);
            member.become(State.LEFT);
            appointLeaders(); // it may have kept later requests of its key waiting
            return true;
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the yield only makes groups larger; nothing relies on it
    private A lead(Member<R, A> leader) {
        boolean interrupted = Thread.interrupted();
        Group<R, A> group = new Group<>(leader, limits);
        List<R> requests = List.of();
        List<A> answers = List.of();
        boolean begun = true;
        try {
            Thread.yield(); // threads that have just got an answer may have the next request
            requests = take(group);
            answers = writer.write(requests);
        } catch (LeaderFailedException e) {
            begun = false;
            throw e.failure();
        } finally {
            try {
                end(group, begun, answers);
            } finally {
                wake(group);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        writer.afterwards(requests, answers);
        return answers.get(0);
    }

    private List<R> take(Group<R, A> group) {
        synchronized (lock) {
            queue.fill(group);
        }
        return group.members().stream().map(Member::request).toList();
    }

    /**
     * Frees the lane, answers the followers, and appoints the next leader. If the group was not begun, its followers queue again.
     * Answers must not be lost, so nothing is allocated for them.
     */
    private void end(Group<R, A> group, boolean begun, List<A> answers) {
        synchronized (lock) {
            busyLanes--;
            List<Member<R, A>> members = group.members();
            for (int i = 0; i < members.size(); i++) {
                Member<R, A> member = members.get(i);
                A answer = i < answers.size() ? answers.get(i) : writer.unknown();
                boolean waits = i == 0 || member.is(State.TAKEN);
                if (begun && waits && writer.isLeftToCaller(answer)) {
                    alone++;
                } else {
                    queue.release(member.request());
                }
                if (begun && member.is(State.TAKEN)) {
                    member.answer(answer);
                }
            }
            if (!begun) {
                queueAgain(group);
            }
            appointLeaders();
        }
    }

    private void queueAgain(Group<R, A> group) {
        List<Member<R, A>> followers = group.members().stream()
                .filter(member -> member.is(State.TAKEN))
                .toList();
        followers.forEach(member -> member.become(State.QUEUED));
        queue.putBack(followers);
    }

    private static <R extends GroupRequest, A> void wake(Group<R, A> group) {
        List<Member<R, A>> members = group.members();
        for (int i = 1; i < members.size(); i++) {
            members.get(i).wake();
        }
    }

    /**
     * From now on, all requests are written alone. Waits until the existing groups are written.
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
        } while (!quiet && System.nanoTime() < end && !Thread.currentThread().isInterrupted());
        return quiet;
    }
}
