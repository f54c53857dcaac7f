package org.meowmx.groupcommit;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A request with the thread that waits for its answer. States change under the lock of {@link GroupCommit}. */
final class Member<R extends GroupRequest, A> {

    enum State {
        /** In the queue. */
        QUEUED,

        /** In no group: its thread has left. */
        LEFT,

        /** A lane is reserved for it: its thread takes a group and writes it. */
        LEADING,

        /** In a group that another thread writes. */
        TAKEN,

        ANSWERED
    }

    private final R request;
    private final Thread thread = Thread.currentThread();
    private volatile State state = State.QUEUED;
    private volatile long since = System.nanoTime();
    private @Nullable A answer;

    Member(R request) {
        this.request = request;
    }

    R request() {
        return request;
    }

    State state() {
        return state;
    }

    boolean is(State other) {
        return state == other;
    }

    /** How long it has been in its state, in nanoseconds. */
    long nanosInState() {
        return System.nanoTime() - since;
    }

    void become(State next) {
        since = System.nanoTime();
        state = next;
    }

    void answer(A given) {
        answer = given;
        state = State.ANSWERED;
    }

    /** Wakes its thread, which then checks its state. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Null unless it is answered. */
    @Nullable
    A answer() {
        return answer;
    }
}
