package org.meowmx.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The protocol of leaders and followers, with a writer that waits until the test releases it. */
@Timeout(60)
class GroupCommitTest {

    private static final GroupLimits LIMITS = new GroupLimits(4, 100, 1_000, 2, 1, Duration.ofSeconds(30));

    /** A request whose name is its answer. */
    private record Request(String name, String key, boolean sharesItsKey, Collection<String> ids, int entries)
            implements GroupRequest {

        /** The prefix of names whose answer leaves the request to its caller. */
        static final String HELD = "held";

        /** The prefix of names of requests that take more than half of the bytes of a group. */
        static final String LARGE = "large";

        static Request of(String name) {
            return to(name, name);
        }

        static Request to(String key, String name) {
            return new Request(name, key, false, List.of(), 1);
        }

        @Override
        public long bytes() {
            return name.startsWith(LARGE) ? LIMITS.bytes() / 2 + 1 : entries;
        }
    }

    /** Each group that is written waits until the test decides how it ends. */
    private static final class HeldWriter implements GroupWriter<Request, String> {

        /** A group that is being written. */
        private static final class Writing {

            private final List<Request> requests;
            private final CountDownLatch end = new CountDownLatch(1);
            private volatile Throwable failure;

            Writing(List<Request> requests) {
                this.requests = requests;
            }

            List<String> names() {
                return requests.stream().map(Request::name).toList();
            }

            void succeed() {
                end.countDown();
            }

            void fail(Throwable with) {
                failure = with;
                end.countDown();
            }
        }

        private final BlockingQueue<Writing> begun = new LinkedBlockingQueue<>();
        private volatile Consumer<List<String>> afterwards = answers -> {};

        @Override
        public List<String> write(List<Request> requests) {
            Writing writing = new Writing(requests);
            begun.add(writing);
            try {
                writing.end.await();
            } catch (InterruptedException e) {
                throw new AssertionError("a leader must not be interrupted while it writes for others", e);
            }
            if (writing.failure instanceof RuntimeException failure) {
                throw failure;
            }
            if (writing.failure instanceof Error failure) {
                throw failure;
            }
            return writing.names();
        }

        @Override
        public boolean isLeftToCaller(String answer) {
            return answer.startsWith(Request.HELD);
        }

        @Override
        public void afterwards(List<Request> requests, List<String> answers) {
            afterwards.accept(answers);
        }

        @Override
        public String unknown() {
            return "unknown";
        }

        Writing next() throws InterruptedException {
            Writing next = begun.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("a group that is being written").isNotNull();
            return next;
        }

        boolean isIdle() {
            return begun.isEmpty();
        }
    }

    private final HeldWriter writer = new HeldWriter();
    private final GroupCommit<Request, String> groups = new GroupCommit<>(writer, LIMITS);

    /** A caller in a thread of its own. */
    private static final class Caller {

        private final FutureTask<String> task;
        private final Thread thread;

        Caller(Callable<String> work) {
            task = new FutureTask<>(work);
            thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        }

        String answer() throws Exception {
            return task.get(10, TimeUnit.SECONDS);
        }

        boolean waits() {
            return !task.isDone();
        }
    }

    private Caller submit(Request request) {
        Caller caller = new Caller(() -> groups.submit(request));
        await().until(() ->
                caller.thread.getState() != Thread.State.RUNNABLE && caller.thread.getState() != Thread.State.NEW);
        return caller;
    }

    /** Fills each lane with a group of one request, so later requests wait in the queue. */
    private List<HeldWriter.Writing> occupyLanes() throws InterruptedException {
        submit(Request.of("lane 1"));
        submit(Request.of("lane 2"));
        return List.of(writer.next(), writer.next());
    }

    @Test
    void two_may_write_alone_while_nobody_else_is_busy() throws Exception {
        assertThat(groups.startAlone(Request.of("a"))).isTrue();
        assertThat(groups.startAlone(Request.of("b"))).isTrue();
        assertThat(groups.startAlone(Request.of("c"))).isFalse();

        groups.endAlone(Request.of("a"));
        submit(Request.of("d"));
        HeldWriter.Writing lane = writer.next();
        assertThat(groups.startAlone(Request.of("e"))).as("a lane is busy").isFalse();
        lane.succeed();
        await().until(() -> groups.startAlone(Request.of("f")));
    }

    @Test
    void a_request_that_no_group_has_room_for_is_always_written_alone() throws Exception {
        occupyLanes();

        assertThat(groups.startAlone(new Request("large", "large", false, List.of(), 101)))
                .isTrue();
    }

    @Test
    void what_arrives_while_the_lanes_are_busy_is_the_next_group_and_each_caller_gets_its_own_answer()
            throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        List<Caller> callers = List.of(submit(Request.of("a")), submit(Request.of("b")), submit(Request.of("c")));

        lanes.get(0).succeed();
        HeldWriter.Writing group = writer.next();
        assertThat(group.names()).containsExactly("a", "b", "c");
        group.succeed();

        assertThat(callers.get(0).answer()).isEqualTo("a");
        assertThat(callers.get(1).answer()).isEqualTo("b");
        assertThat(callers.get(2).answer()).isEqualTo("c");
    }

    @Test
    void a_group_has_a_key_once_and_the_requests_of_a_key_keep_their_order() throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        submit(Request.to("s", "s1"));
        submit(Request.to("s", "s2"));
        submit(new Request("s3", "s", true, List.of(), 1));
        submit(Request.of("other"));

        lanes.get(0).succeed();
        HeldWriter.Writing first = writer.next();
        assertThat(first.names()).containsExactly("s1", "other");
        lanes.get(1).succeed();
        assertThat(writer.begun.poll(100, TimeUnit.MILLISECONDS))
                .as("the other lane must not take a key that is in flight")
                .isNull();
        first.succeed();
        HeldWriter.Writing second = writer.next();
        assertThat(second.names()).containsExactly("s2");
        second.succeed();
        assertThat(writer.next().names()).containsExactly("s3");
    }

    @Test
    void requests_that_share_their_key_are_in_one_group() throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        submit(new Request("s1", "s", true, List.of(), 1));
        submit(new Request("s2", "s", true, List.of(), 1));
        submit(Request.to("s", "s3"));
        submit(new Request("s4", "s", true, List.of(), 1));

        lanes.get(0).succeed();
        assertThat(writer.next().names()).containsExactly("s1", "s2");
    }

    @Test
    void an_id_is_in_one_group_and_in_one_lane_only() throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        submit(new Request("a", "a", false, List.of("id"), 1));
        submit(new Request("b", "b", false, List.of("id"), 1));

        lanes.forEach(HeldWriter.Writing::succeed);
        HeldWriter.Writing first = writer.next();
        assertThat(first.names()).containsExactly("a");
        assertThat(writer.begun.poll(100, TimeUnit.MILLISECONDS)).isNull();
        first.succeed();
        assertThat(writer.next().names()).containsExactly("b");
    }

    @Test
    void a_group_has_no_more_requests_and_entries_than_the_limits_allow() throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        for (String name : List.of("a", "b", "c", "d", "e")) {
            submit(Request.of(name));
        }
        submit(new Request("f", "f", false, List.of(), 100));

        lanes.get(0).succeed();
        assertThat(writer.next().names()).containsExactly("a", "b", "c", "d");
        lanes.get(1).succeed();
        HeldWriter.Writing small = writer.next();
        assertThat(small.names()).containsExactly("e");
        small.succeed();
        assertThat(writer.next().names()).containsExactly("f");
    }

    /** Nothing happens that could appoint a leader: no further request, and no end of a group. */
    @Test
    void the_second_lane_opens_when_the_first_has_become_slow() throws Exception {
        GroupCommit<Request, String> groups = new GroupCommit<>(
                writer, new GroupLimits(4, 100, 1_000, 2, 10, Duration.ofSeconds(30)), Duration.ofSeconds(30));
        new Caller(() -> groups.submit(Request.of("slow")));
        HeldWriter.Writing slow = writer.next();
        new Caller(() -> groups.submit(Request.of("a")));
        new Caller(() -> groups.submit(Request.of("b")));

        HeldWriter.Writing second = writer.next();
        assertThat(slow.names()).containsExactly("slow");
        assertThat(second.names()).isSubsetOf("a", "b");
        second.succeed();
        slow.succeed();
    }

    @Test
    void a_group_has_no_more_bytes_than_the_limit_allows() throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        for (String name : List.of("large 1", "large 2", "small")) {
            submit(Request.of(name));
        }

        lanes.get(0).succeed();
        assertThat(writer.next().names()).containsExactly("large 1", "small");
        lanes.get(1).succeed();
        assertThat(writer.next().names()).containsExactly("large 2");
    }

    @Test
    void a_thread_that_is_interrupted_in_the_queue_leaves_and_nothing_is_written_for_it() throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        AtomicInteger flag = new AtomicInteger();
        Caller caller = new Caller(() -> {
            try {
                return groups.submit(Request.of("a"));
            } finally {
                flag.set(Thread.currentThread().isInterrupted() ? 1 : -1);
            }
        });
        submit(Request.of("b"));
        caller.thread.interrupt();

        assertThatThrownBy(caller::answer)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(NotWrittenException.class)
                .hasMessageContaining("interrupted");
        assertThat(flag).as("the interrupt is restored").hasValue(1);
        lanes.get(0).succeed();
        assertThat(writer.next().names()).containsExactly("b");
    }

    @Test
    void a_follower_that_is_interrupted_after_it_was_taken_waits_for_its_answer() throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        submit(Request.of("leader"));
        AtomicInteger flag = new AtomicInteger();
        Caller follower = new Caller(() -> {
            String answer = groups.submit(Request.of("follower"));
            flag.set(Thread.currentThread().isInterrupted() ? 1 : -1);
            return answer;
        });
        await().until(() -> follower.thread.getState() == Thread.State.TIMED_WAITING);
        lanes.get(0).succeed();
        HeldWriter.Writing group = writer.next();
        assertThat(group.names()).containsExactly("leader", "follower");

        follower.thread.interrupt();
        Thread.yield();
        assertThat(follower.waits()).isTrue();
        group.succeed();
        assertThat(follower.answer()).isEqualTo("follower");
        assertThat(flag).as("the interrupt is restored").hasValue(1);
    }

    @Test
    void a_leader_is_not_interrupted_while_it_writes_for_others() throws Exception {
        AtomicInteger flag = new AtomicInteger();
        Caller leader = new Caller(() -> {
            Thread.currentThread().interrupt();
            String answer = groups.submit(Request.of("a"));
            flag.set(Thread.currentThread().isInterrupted() ? 1 : -1);
            return answer;
        });
        writer.next().succeed();

        assertThat(leader.answer()).isEqualTo("a");
        assertThat(flag).as("the interrupt is restored").hasValue(1);
    }

    @Test
    void if_a_leader_cannot_begin_only_its_own_request_fails_and_the_next_leads() throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        Caller broken = submit(Request.of("broken"));
        List<Caller> others = List.of(submit(Request.of("a")), submit(Request.of("b")));
        lanes.get(0).succeed();

        writer.next().fail(new LeaderFailedException(new IllegalStateException("no naming context")));
        assertThatThrownBy(broken::answer).cause().hasMessage("no naming context");
        HeldWriter.Writing retry = writer.next();
        assertThat(retry.names()).containsExactly("a", "b");
        retry.succeed();
        assertThat(others.get(0).answer()).isEqualTo("a");
        assertThat(others.get(1).answer()).isEqualTo("b");
    }

    @Test
    void if_the_writer_fails_unexpectedly_followers_learn_that_the_outcome_is_unknown() throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        Caller leader = submit(Request.of("leader"));
        Caller follower = submit(Request.of("follower"));
        lanes.get(0).succeed();

        writer.next().fail(new OutOfMemoryError("a test"));
        assertThatThrownBy(leader::answer).cause().isInstanceOf(OutOfMemoryError.class);
        assertThat(follower.answer()).isEqualTo("unknown");

        Caller later = submit(Request.of("later"));
        writer.next().succeed();
        assertThat(later.answer()).as("the lane is free again").isEqualTo("later");
    }

    @Test
    void nobody_waits_for_ever() throws Exception {
        GroupCommit<Request, String> impatient = new GroupCommit<>(
                writer, new GroupLimits(4, 100, 1_000, 2, 1, Duration.ofMillis(200)), Duration.ofMillis(300));
        Caller one = new Caller(() -> impatient.submit(Request.of("one")));
        HeldWriter.Writing laneOfOne = writer.next();
        Caller two = new Caller(() -> impatient.submit(Request.of("two")));
        HeldWriter.Writing laneOfTwo = writer.next();
        Caller queued = new Caller(() -> impatient.submit(Request.of("queued")));

        assertThatThrownBy(queued::answer)
                .cause()
                .isInstanceOf(NotWrittenException.class)
                .hasMessageContaining("waited PT0.2S");

        laneOfOne.succeed();
        one.answer();
        Caller leader = new Caller(() -> impatient.submit(Request.of("leader")));
        HeldWriter.Writing slow = writer.next();
        laneOfTwo.succeed();
        two.answer();
        slow.succeed();
        assertThat(leader.answer()).isEqualTo("leader");
    }

    @Test
    void a_follower_of_a_leader_that_never_answers_reports_that_the_outcome_is_unknown() throws Exception {
        GroupCommit<Request, String> impatient = new GroupCommit<>(
                writer, new GroupLimits(4, 100, 1_000, 2, 1, Duration.ofSeconds(1)), Duration.ofMillis(100));
        new Caller(() -> impatient.submit(Request.of("lane 1")));
        new Caller(() -> impatient.submit(Request.of("lane 2")));
        HeldWriter.Writing lane = writer.next();
        writer.next();
        Caller leader = new Caller(() -> impatient.submit(Request.of("leader")));
        await().until(() -> leader.thread.getState() == Thread.State.TIMED_WAITING);
        Caller follower = new Caller(() -> impatient.submit(Request.of("follower")));
        await().until(() -> follower.thread.getState() == Thread.State.TIMED_WAITING);
        lane.succeed();
        assertThat(writer.next().names()).containsExactly("leader", "follower");

        assertThat(follower.answer()).isEqualTo("unknown");
    }

    @Test
    void after_closing_everybody_writes_alone_and_the_queue_is_written() throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        Caller queued = submit(Request.of("queued"));
        assertThat(groups.close(Duration.ofMillis(50)))
                .as("a group is still written")
                .isFalse();
        assertThat(groups.startAlone(Request.of("late"))).isTrue();

        lanes.forEach(HeldWriter.Writing::succeed);
        writer.next().succeed();
        assertThat(queued.answer()).isEqualTo("queued");
        assertThat(groups.close(Duration.ofSeconds(10))).isTrue();
        assertThat(writer.isIdle()).isTrue();
    }

    @Test
    void while_a_caller_writes_alone_requests_of_its_key_wait_and_others_do_not() throws Exception {
        Request first = Request.to("s", "first");
        assertThat(groups.startAlone(first)).isTrue();
        assertThat(groups.startAlone(Request.to("s", "second"))).isFalse();
        Caller second = submit(Request.to("s", "second"));
        Caller other = submit(Request.of("other"));

        writer.next().succeed();
        assertThat(other.answer()).isEqualTo("other");
        assertThat(second.waits()).isTrue();
        groups.endAlone(first);
        HeldWriter.Writing group = writer.next();
        assertThat(group.names()).containsExactly("second");
        group.succeed();
        assertThat(second.answer()).isEqualTo("second");
    }

    @Test
    void a_request_that_is_left_to_its_caller_keeps_its_key_until_the_caller_has_written_it() throws Exception {
        List<HeldWriter.Writing> lanes = occupyLanes();
        Request held = Request.to("s", Request.HELD);
        submit(Request.of("leader"));
        Caller caller = submit(held);
        Caller next = submit(Request.to("s", "next"));
        lanes.get(0).succeed();
        writer.next().succeed();

        assertThat(caller.answer()).isEqualTo(Request.HELD);
        assertThat(writer.begun.poll(100, TimeUnit.MILLISECONDS))
                .as("its key is occupied")
                .isNull();
        groups.endAlone(held);
        HeldWriter.Writing group = writer.next();
        assertThat(group.names()).containsExactly("next");
        group.succeed();
        assertThat(next.answer()).isEqualTo("next");
    }

    @Test
    void what_follows_from_the_commit_is_done_after_the_lane_is_free_and_may_submit_again() throws Exception {
        Request again = Request.to("a", "again");
        writer.afterwards = answers -> {
            if (answers.contains("a")) {
                groups.submit(again);
            }
        };
        Caller leader = submit(Request.of("a"));
        writer.next().succeed();
        HeldWriter.Writing nested = writer.next();
        assertThat(nested.names()).containsExactly("again");
        nested.succeed();

        assertThat(leader.answer()).isEqualTo("a");
    }

    @Test
    void a_request_that_fails_in_the_queue_closes_no_lane() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        GroupRequest broken = new GroupRequest() {
            @Override
            public Object key() {
                return "broken";
            }

            @Override
            public Collection<?> ids() {
                if (calls.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("a test");
                }
                return List.of();
            }

            @Override
            public boolean sharesItsKey() {
                return false;
            }

            @Override
            public int entries() {
                return 1;
            }

            @Override
            public long bytes() {
                return 1;
            }
        };
        GroupCommit<GroupRequest, String> any = new GroupCommit<>(
                new GroupWriter<>() {
                    @Override
                    public List<String> write(List<GroupRequest> requests) {
                        return requests.stream().map(request -> "written").toList();
                    }

                    @Override
                    public boolean isLeftToCaller(String answer) {
                        return false;
                    }

                    @Override
                    public void afterwards(List<GroupRequest> requests, List<String> answers) {}

                    @Override
                    public String unknown() {
                        return "unknown";
                    }
                },
                LIMITS);

        for (int i = 0; i < 2; i++) {
            calls.set(0);
            assertThatThrownBy(() -> any.submit(broken)).isInstanceOf(OutOfMemoryError.class);
        }
        assertThat(any.submit(broken)).isEqualTo("written");
    }

    /** Checks while it writes that no key and no id is in two groups at the same time, and fails now and then. */
    private static final class CheckingWriter implements GroupWriter<Request, String> {

        private final Set<Object> busy = ConcurrentHashMap.newKeySet();
        private final AtomicInteger written = new AtomicInteger();
        private final AtomicInteger groups = new AtomicInteger();

        @Override
        public List<String> write(List<Request> requests) {
            if (ThreadLocalRandom.current().nextInt(50) == 0) {
                throw new LeaderFailedException(new IllegalStateException("leader"));
            }
            Set<Object> own = new HashSet<>();
            requests.forEach(request -> {
                own.add(request.key());
                own.addAll(request.ids());
            });
            own.forEach(one -> assertThat(busy.add(one)).isTrue());
            LockSupport.parkNanos(50_000);
            busy.removeAll(own);
            written.addAndGet(requests.size());
            groups.incrementAndGet();
            return requests.stream().map(Request::name).toList();
        }

        @Override
        public boolean isLeftToCaller(String answer) {
            return false;
        }

        @Override
        public void afterwards(List<Request> requests, List<String> answers) {}

        @Override
        public String unknown() {
            return "unknown";
        }
    }

    @Test
    void under_load_everybody_gets_its_own_answer_and_nothing_is_written_twice() throws Exception {
        CheckingWriter checking = new CheckingWriter();
        GroupCommit<Request, String> loaded = new GroupCommit<>(checking, LIMITS);
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 32; thread++) {
                Random random = new Random(thread);
                int number = thread;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        String name = number + "-" + i;
                        Request request = new Request(
                                name,
                                "key " + random.nextInt(20),
                                random.nextBoolean(),
                                random.nextInt(5) == 0 ? List.of("id " + random.nextInt(3)) : List.of(),
                                1 + random.nextInt(50));
                        try {
                            assertThat(loaded.submit(request)).isEqualTo(name);
                            answered.incrementAndGet();
                        } catch (IllegalStateException e) {
                            refused.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(answered.get() + refused.get()).isEqualTo(32 * 200);
        assertThat(checking.written).hasValue(answered.get());
        assertThat(refused.get()).isPositive();
        assertThat(checking.groups.get()).as("groups are shared").isLessThan(answered.get());
        assertThat(Collections.unmodifiableSet(checking.busy)).isEmpty();
    }
}
