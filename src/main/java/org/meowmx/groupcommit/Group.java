package org.meowmx.groupcommit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The requests that are written in one transaction; the leader's is the first. */
final class Group<R extends GroupRequest, A> {

    private final GroupLimits limits;
    private final List<Member<R, A>> members = new ArrayList<>();

    /** The keys of the group, and whether all their requests share them. */
    private final Map<Object, Boolean> keys = new HashMap<>();

    private int entries;
    private long bytes;

    Group(Member<R, A> leader, GroupLimits limits) {
        this.limits = limits;
        add(leader);
    }

    List<Member<R, A>> members() {
        return members;
    }

    boolean hasRoomFor(R request) {
        return members.size() < limits.requests()
                && entries + request.entries() <= limits.entries()
                && bytes + request.bytes() <= limits.bytes();
    }

    boolean hasKeyOf(R request) {
        return keys.containsKey(request.key());
    }

    /** Whether a request may be added although the group has its key. */
    boolean sharesKeyWith(R request) {
        return request.sharesItsKey() && Boolean.TRUE.equals(keys.get(request.key()));
    }

    final void add(Member<R, A> member) {
        R request = member.request();
        members.add(member);
        keys.merge(request.key(), request.sharesItsKey(), Boolean::logicalAnd);
        entries += request.entries();
        bytes += request.bytes();
    }
}
