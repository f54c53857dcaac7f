package org.meowmx.groupcommit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait, and the keys and ids of those that are being written. {@link GroupCommit} calls it under its lock.
 *
 * <p>A request is free if none of its keys and ids is being written, and no request of its key waits before it.
 */
final class RequestQueue<R extends GroupRequest, A> {

    private final List<Member<R, A>> waiting = new ArrayList<>();

    /** How many requests that are being written have a key or an id. */
    private final Map<Object, Integer> inFlight = new HashMap<>();

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    void add(Member<R, A> member) {
        waiting.add(member);
    }

    void putBack(List<Member<R, A>> members) {
        waiting.addAll(0, members);
    }

    void remove(Member<R, A> member) {
        waiting.remove(member);
    }

    /** Marks the key and the ids of a request as being written. */
    void occupy(R request) {
        inFlight.merge(request.key(), 1, Integer::sum);
        for (Object id : request.ids()) {
            inFlight.merge(id, 1, Integer::sum);
        }
    }

    /** Takes {@link #occupy} back. */
    void release(R request) {
        release(request.key());
        for (Object id : request.ids()) {
            release(id);
        }
    }

    private void release(Object one) {
        inFlight.computeIfPresent(one, (key, count) -> count == 1 ? null : count - 1);
    }

    /** The first request that is free; null if there is none. */
    @Nullable
    Member<R, A> firstFree() {
        Set<Object> passed = new HashSet<>();
        for (Member<R, A> member : waiting) {
            R request = member.request();
            if (isFree(request) && !passed.contains(request.key())) {
                return member;
            }
            passed.add(request.key());
        }
        return null;
    }

    /** Whether no key and no id of a request is being written. */
    boolean isFree(R request) {
        return !inFlight.containsKey(request.key()) && hasFreeIds(request);
    }

    private boolean hasFreeIds(R request) {
        for (Object id : request.ids()) {
            if (inFlight.containsKey(id)) {
                return false;
            }
        }
        return true;
    }

    /** Moves requests to a group, as long as it has room. Requests of one key keep their order. */
    void fill(Group<R, A> group) {
        Set<Object> passed = new HashSet<>();
        List<Member<R, A>> left = new ArrayList<>(waiting.size());
        for (Member<R, A> member : waiting) {
            R request = member.request();
            if (!passed.contains(request.key()) && group.hasRoomFor(request) && mayJoin(group, request)) {
                group.add(member);
                occupy(request);
                member.become(Member.State.TAKEN);
            } else {
                passed.add(request.key());
                left.add(member);
            }
        }
        waiting.clear();
        waiting.addAll(left);
    }

    private boolean mayJoin(Group<R, A> group, R request) {
        boolean keyIsFree =
                group.hasKeyOf(request) ? group.sharesKeyWith(request) : !inFlight.containsKey(request.key());
        return keyIsFree && hasFreeIds(request);
    }
}
