package org.meowmx.rest.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Shutdown;
import jakarta.ws.rs.container.CompletionCallback;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.LogGrowth;
import org.meowmx.Metadata;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.lease.Lease;
import org.meowmx.subscription.lease.LeaseDelivery;
import org.meowmx.subscription.lease.LeaseRequest;

/** Requests that wait for a lease: their order, their end, and answers that cannot be written. */
class WaitingWorkersTest {

    private static final LeaseRequest REQUEST = new LeaseRequest(10, Duration.ofSeconds(30), "ann");
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final RecordedEvent EVENT = new RecordedEvent(
            1, new UUID(0, 1), StreamId.of("mail", "a"), 1, "noted", "{}", Metadata.none(), Instant.EPOCH, null);

    private final WaitingWorkers workers = new WaitingWorkers();
    private final Queue<Lease> available = new ArrayDeque<>();
    private final List<UUID> givenBack = new ArrayList<>();
    private final List<Set<String>> polls = new ArrayList<>();
    private final Queue<Runnable> writes = new ArrayDeque<>();
    private long now;

    /** A request whose answer is written at once, or cannot be written. */
    private static class Request implements Reply {

        private final boolean broken;
        private @Nullable CompletionCallback callback;
        private int status;

        Request(boolean broken) {
            this.broken = broken;
        }

        private boolean send(int sent) {
            status = sent;
            callback.onComplete(broken ? new IOException("connection reset") : null);
            return true;
        }

        @Override
        public boolean page(byte[] json) {
            return send(200);
        }

        @Override
        public boolean nothing() {
            return send(204);
        }

        @Override
        public boolean problem(Problem problem) {
            return send(problem.type().status());
        }

        @Override
        public boolean isOver() {
            return status != 0;
        }

        @Override
        public void whenWritten(CompletionCallback written) {
            callback = written;
        }

        int status() {
            return status;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer));
    }

    @BeforeEach
    void connect() {
        workers.settings = new Settings(
                new SmallRyeConfigBuilder()
                        .withDefaultValue("meowmx.rest.workers.max-waiting", "20")
                        .build(),
                Set.of());
        InvocationHandler atOnce = (self, method, arguments) -> {
            ((Runnable) arguments[0]).run();
            return null;
        };
        workers.executor = proxy(ManagedScheduledExecutorService.class, atOnce);
        workers.writers = proxy(ManagedExecutorService.class, atOnce);
        workers.leases = proxy(LeaseDelivery.class, this::leases);
        workers.nanoTime = () -> now;
    }

    private void writeLater() {
        workers.writers = proxy(ManagedExecutorService.class, (self, method, arguments) -> {
            writes.add((Runnable) arguments[0]);
            return null;
        });
    }

    private @Nullable Object leases(Object self, java.lang.reflect.Method method, Object[] arguments) {
        switch (method.getName()) {
            case "withWork" -> {
                Set<String> names = Set.copyOf((java.util.Collection<String>) arguments[0]);
                polls.add(names);
                return names.stream().collect(Collectors.toMap(name -> name, name -> Set.of(0)));
            }
            case "lease" -> {
                if (arguments[0].equals("deleted")) {
                    throw new UnknownSubscriptionException("deleted");
                }
                return Optional.ofNullable(available.poll());
            }
            default -> {
                givenBack.add((UUID) arguments[1]);
                return null;
            }
        }
    }

    private Lease page() {
        Lease lease = new Lease(UUID.randomUUID(), "mailer", 0, Instant.EPOCH, false, false, 1, List.of(EVENT));
        available.add(lease);
        return lease;
    }

    private Request waiting(String subscription, boolean broken, Duration wait) {
        Request request = new Request(broken);
        workers.add(workers.begin(subscription, REQUEST, wait, request));
        return request;
    }

    private Request waiting() {
        return waiting("mailer", false, LONG);
    }

    private void append() {
        workers.grown(new LogGrowth(List.of()));
    }

    @Test
    void requests_are_answered_in_the_order_of_their_arrival() {
        Request first = waiting();
        Request second = waiting();
        page();
        append();
        assertThat(List.of(first.status(), second.status())).containsExactly(200, 0);

        page();
        append();
        assertThat(second.status()).isEqualTo(200);
        assertThat(givenBack).isEmpty();
    }

    @Test
    void one_query_serves_all_names() {
        waiting();
        waiting("other", false, LONG);
        polls.clear();
        append();
        assertThat(polls).containsExactly(Set.of("mailer", "other"));
    }

    @Test
    void a_request_ends_without_content_after_its_wait() {
        assertThat(waiting("mailer", false, Duration.ZERO).status()).isEqualTo(204);
    }

    @Test
    void a_page_that_cannot_be_written_is_given_back_for_the_next_request() {
        Request broken = waiting("mailer", true, LONG);
        Lease lease = page();
        append();
        assertThat(broken.status()).isEqualTo(200);
        assertThat(givenBack).containsExactly(lease.id());
    }

    @Test
    void a_deleted_subscription_answers_those_that_wait_for_it() {
        assertThat(waiting("deleted", false, LONG).status()).isEqualTo(404);
    }

    @Test
    void too_many_requests_are_refused() {
        for (int i = 0; i < 20; i++) {
            waiting();
        }
        assertThatThrownBy(this::waiting).isInstanceOf(ProblemException.class);
        // one that does not wait is served
        workers.begin("mailer", REQUEST, Duration.ZERO, new Request(false));
    }

    @Test
    void nothing_is_leased_while_all_writers_are_busy() {
        writeLater();
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i <= WaitingWorkers.MOST_WRITERS; i++) {
            requests.add(waiting());
        }
        for (int i = 0; i <= WaitingWorkers.MOST_WRITERS; i++) {
            page();
        }
        append();
        assertThat(writes).hasSize(WaitingWorkers.MOST_WRITERS);
        assertThat(available).hasSize(1);

        while (!writes.isEmpty()) {
            writes.remove().run();
        }
        assertThat(requests).extracting(Request::status).containsOnly(200);
        assertThat(givenBack).isEmpty();
    }

    @Test
    void a_page_that_waited_long_for_a_writer_is_given_back() {
        writeLater();
        Request request = waiting();
        Lease lease = page();
        append();
        now += REQUEST.duration().toNanos() / 2;
        writes.remove().run();
        assertThat(request.status()).isEqualTo(204);
        assertThat(givenBack).containsExactly(lease.id());
    }

    @Test
    void a_page_that_no_thread_can_write_is_given_back() {
        workers.writers = proxy(ManagedExecutorService.class, (self, method, arguments) -> {
            throw new RejectedExecutionException("stopping");
        });
        Request request = waiting();
        Lease lease = page();
        append();
        assertThat(request.status()).isEqualTo(503);
        assertThat(givenBack).containsExactly(lease.id());
    }

    @Test
    void a_page_that_cannot_be_converted_is_given_back_and_answered() {
        Request request = new Request(false) {
            @Override
            public boolean page(byte[] json) {
                throw new IllegalStateException("no memory");
            }
        };
        workers.add(workers.begin("mailer", REQUEST, LONG, request));
        Lease lease = page();
        append();
        assertThat(request.status()).isEqualTo(503);
        assertThat(givenBack).contains(lease.id());
    }

    @Test
    void a_request_that_arrives_during_the_shutdown_is_answered() {
        Request request = new Request(false);
        WaitingWorker worker = workers.begin("mailer", REQUEST, LONG, request);
        workers.stop(new Shutdown());
        workers.add(worker);
        assertThat(request.status()).isEqualTo(503);
    }

    @Test
    void a_stopping_server_answers_all_and_refuses_more() {
        Request request = waiting();
        workers.stop(new Shutdown());
        assertThat(request.status()).isEqualTo(503);
        assertThatThrownBy(this::waiting).isInstanceOf(ProblemException.class);
    }
}
