package org.meowmx.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.meowmx.AppendResult;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.IdempotencyKey;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.metadata.TraceContext;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {RequestMetadataFilterTest.Server.class, RequestMetadataFilterTest.Reminders.class})
class RequestMetadataFilterTest {

    private static final StreamId STREAM = StreamId.of("order", 1);
    private static final NewEvent EVENT = NewEvent.of("noted", "{}");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final RequestMetadataFilter filter = new RequestMetadataFilter() {
        @Override
        protected RuntimeException refusal(String sentence) {
            return new IllegalArgumentException(sentence);
        }
    };

    @Inject
    Server server;

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    /** Appends the same event to one stream for each handled event. */
    @ApplicationScoped
    static class Reminders {

        @Inject
        EventStore events;

        void remind(@Observes @Subscribed(value = "reminders", category = "order") RecordedEvent event) {
            events.append(StreamId.of("reminder", "all"), any(), NewEvent.of("reminded", "{}"));
        }
    }

    /** Runs each request in its own request context, with transactions. */
    @ApplicationScoped
    static class Server {

        @ActivateRequestContext
        public <T> T request(Callable<T> work) throws Exception {
            return work.call();
        }

        @Transactional
        public <T> T transaction(Callable<T> work) throws Exception {
            return work.call();
        }
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static ContainerRequestContext request(Map<String, String> headers, @Nullable String caller) {
        Map<Object, Object> properties = new HashMap<>();
        Principal principal = caller == null ? null : () -> caller;
        SecurityContext security = fake(SecurityContext.class, (proxy, method, arguments) -> principal);
        return fake(ContainerRequestContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getHeaderString" -> headers.get(arguments[0]);
            case "getProperty" -> properties.get(arguments[0]);
            case "setProperty" -> properties.put(arguments[0], arguments[1]);
            case "getSecurityContext" -> security;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private String answered(ContainerRequestContext request) {
        MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
        filter.filter(request, fake(ContainerResponseContext.class, (proxy, method, arguments) -> headers));
        return (String) headers.getFirst("X-Correlation-Id");
    }

    private <T> T during(Map<String, String> headers, Callable<T> work) {
        return during(request(headers, null), work);
    }

    private <T> T during(ContainerRequestContext request, Callable<T> work) {
        try {
            return server.request(() -> {
                filter.filter(request);
                return work.call();
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private AppendResult append(NewEvent... appended) {
        return events.append(STREAM, any(), appended);
    }

    private static Map<String, String> key(String key) {
        return Map.of("Idempotency-Key", key);
    }

    private static UUID idOf(String header, StreamId stream, int ordinal) {
        return CurrentRequest.keyOf(IdempotencyKey.of(header)).eventId(stream, ordinal);
    }

    @Test
    void headers_and_caller_are_in_the_metadata_of_each_event() {
        ContainerRequestContext request =
                request(Map.of("X-Correlation-Id", "request-7", "traceparent", TRACE, "tracestate", "vendor=1"), "ann");

        Metadata metadata = during(request, () -> append(EVENT, EVENT)).last().metadata();

        assertThat(metadata.entries())
                .containsOnly(
                        Map.entry("correlationId", "request-7"),
                        Map.entry("traceparent", TRACE),
                        Map.entry("tracestate", "vendor=1"),
                        Map.entry("principal", "ann"));
        assertThat(answered(request)).isEqualTo("request-7");
    }

    private static Scope span(String trace) {
        return Span.wrap(
                        SpanContext.create(trace, "00f067aa0ba90000", TraceFlags.getSampled(), TraceState.getDefault()))
                .makeCurrent();
    }

    private String traceOf(Map<String, String> headers) {
        return during(headers, () -> append(EVENT))
                .last()
                .metadata()
                .get("traceparent")
                .orElse("");
    }

    @Test
    void the_trace_of_the_caller_continues() {
        Map<String, String> headers = Map.of("traceparent", TRACE);

        try (Scope child = span("4bf92f3577b34da6a3ce929d0e0e4736")) {
            assertThat(traceOf(headers)).isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba90000-01");
        }
        try (Scope foreign = span("00000000000000000000000000000001")) {
            assertThat(traceOf(headers)).isEqualTo(TRACE);
            assertThat(traceOf(Map.of())).isEqualTo("00-00000000000000000000000000000001-00f067aa0ba90000-01");
        }
    }

    @Test
    void a_request_that_ends_in_another_thread_leaves_no_span() {
        try (Scope suspended = span("00000000000000000000000000000001")) {
            TraceContext.detach();

            assertThat(traceOf(Map.of())).isEmpty();
        }
    }

    @Test
    void a_request_without_a_correlation_id_gets_one() {
        ContainerRequestContext request = request(Map.of(), null);

        Metadata metadata = during(request, () -> append(EVENT)).last().metadata();

        assertThat(metadata.correlationId()).contains(answered(request));
        assertThat(UUID.fromString(answered(request))).isNotNull();
        assertThat(metadata.entries()).hasSize(1);
    }

    @Test
    void invalid_headers_are_ignored() {
        for (String invalid : List.of("", "a b", "a\u0000b", "añb", "x".repeat(256))) {
            assertThat(answered(request(Map.of("X-Correlation-Id", invalid), null)))
                    .as(invalid)
                    .hasSize(36);
        }
        for (String invalid : List.of("not a list", "a=1;b=2,C", "=1", "a=" + "x".repeat(520))) {
            assertThat(during(Map.of("traceparent", TRACE, "tracestate", invalid), () -> append(EVENT))
                            .last()
                            .metadata()
                            .entries())
                    .as(invalid)
                    .containsOnlyKeys("correlationId", "traceparent");
        }
        for (String invalid :
                List.of("", "00-0-0-00", TRACE.replace("00-4", "ff-4"), TRACE.replaceAll("[1-9a-f]", "0"))) {
            Metadata metadata = during(Map.of("traceparent", invalid, "tracestate", "vendor=1"), () -> append(EVENT))
                    .last()
                    .metadata();
            assertThat(metadata.entries()).as(invalid).containsOnlyKeys("correlationId");
        }
    }

    @Test
    void what_is_appended_outside_of_a_request_has_nothing_of_one() {
        during(Map.of("X-Correlation-Id", "request-7"), () -> append(EVENT));

        assertThat(append(EVENT).last().metadata()).isEqualTo(Metadata.none());
    }

    @Test
    void a_repeated_request_stores_nothing_and_gets_the_original_events() {
        Callable<List<RecordedEvent>> work = () -> List.of(
                append(EVENT, EVENT).last(),
                append(EVENT).last(),
                events.append(StreamId.of("bill", 1), any(), EVENT).last());

        List<RecordedEvent> first = during(key("k1"), work);
        List<RecordedEvent> second = during(key("\"k1\""), work);

        assertThat(second).isEqualTo(first);
        assertThat(events.read(STREAM).events()).hasSize(3);
        assertThat(first.get(1).id()).isEqualTo(idOf("k1", STREAM, 2));
        assertThat(during(key("k2"), work)).doesNotContainAnyElementsOf(first);
    }

    @Test
    void ids_of_the_writer_are_kept() {
        UUID mine = UUID.randomUUID();

        AppendResult result = during(key("k1"), () -> append(EVENT.withId(mine), EVENT));

        assertThat(result.events()).extracting(RecordedEvent::id).containsExactly(mine, idOf("k1", STREAM, 0));
    }

    @Test
    void the_same_key_with_another_content_is_refused() {
        during(key("k1"), () -> append(EVENT));

        assertThatThrownBy(() -> during(key("k1"), () -> append(NewEvent.of("noted", "{\"other\": 1}"))))
                .isInstanceOf(EventIdConflictException.class);
    }

    @Test
    void a_second_attempt_within_the_request_has_the_ids_of_the_first() {
        RecordedEvent stored = during(key("k1"), () -> {
            assertThatThrownBy(() -> events.append(STREAM, exactly(7), EVENT))
                    .isInstanceOf(WrongExpectedVersionException.class);
            return append(EVENT).last();
        });

        assertThat(stored.id()).isEqualTo(idOf("k1", STREAM, 0));
    }

    @Test
    void a_transaction_that_is_rolled_back_does_not_count() {
        RecordedEvent stored = during(key("k1"), () -> {
            assertThatThrownBy(() -> server.transaction(() -> {
                        append(EVENT);
                        append(EVENT);
                        throw new IllegalStateException("too late");
                    }))
                    .hasMessage("too late");
            return server.transaction(() -> append(EVENT).last());
        });

        assertThat(stored.id()).isEqualTo(idOf("k1", STREAM, 0));
        assertThat(stored.version()).isEqualTo(1);
    }

    @Test
    void a_class_may_derive_ids_from_the_header_itself() {
        IdempotencyKey header = IdempotencyKey.of("k1");

        AppendResult result = during(key("k1"), () -> {
            append(EVENT.withId(header.eventId(STREAM, 0)));
            return append(NewEvent.of("noted", "{\"other\": 1}"));
        });

        assertThat(result.repeated()).isFalse();
        assertThat(result.version()).isEqualTo(2);
    }

    /** The request lets the subscription catch up in its own thread, twice with the same key. */
    @Test
    void what_handlers_append_belongs_to_their_events_and_not_to_the_request() {
        StreamId reminders = StreamId.of("reminder", "all");
        for (int request = 1; request <= 2; request++) {
            append(EVENT);
            ContainerRequestContext catchUp = request(Map.of("Idempotency-Key", "k1", "X-Correlation-Id", "c1"), "ann");
            during(catchUp, () -> {
                subscriptions.catchUp("reminders");
                return null;
            });
        }

        assertThat(events.read(reminders).events())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.metadata().entries()).doesNotContainKeys("principal"))
                .allSatisfy(
                        event -> assertThat(event.metadata().correlationId()).isNotEqualTo("c1"));
    }

    @Test
    void several_streams_count_on_their_own() {
        StreamId bill = StreamId.of("bill", 1);

        List<AppendResult> results = during(
                key("k1"),
                () -> events.appendAll(
                        List.of(StreamAppend.of(STREAM, any(), EVENT), StreamAppend.of(bill, any(), EVENT, EVENT))));

        assertThat(results.get(0).last().id()).isEqualTo(idOf("k1", STREAM, 0));
        assertThat(results.get(1).last().id()).isEqualTo(idOf("k1", bill, 1));
    }

    @Test
    void an_invalid_key_is_refused() {
        for (String invalid : List.of("", "\"\"", "k".repeat(256))) {
            assertThatThrownBy(() -> during(key(invalid), () -> append(EVENT)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The header Idempotency-Key ");
        }
    }
}
