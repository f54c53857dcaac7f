package org.meowmx.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogQuery;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.testkit.InMemoryEventStore;

/** CloudEvents of other producers: an import loses nothing, and an export of it is the same text again. */
class ForeignEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final StreamDefaults DEFAULTS = new StreamDefaults("thing", "1");
    private static final UUID LOG = UUID.fromString("6d1a1e9c-7a55-4b0e-8b0d-0c1b8f3f2a11");
    private static final JsonFormat SDK = new JsonFormat();

    private final EventStore store = new InMemoryEventStore();

    private static List<String> lines(String resource) {
        try (InputStream lines = Objects.requireNonNull(ForeignEventsTest.class.getResourceAsStream(resource))) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<String> foreign() {
        return lines("foreign.ndjson");
    }

    static List<String> ofTheSpecification() {
        return lines("specification.ndjson");
    }

    static Stream<String> all() {
        return Stream.of(foreign(), ofTheSpecification()).flatMap(List::stream);
    }

    private RecordedEvent stored(String line) {
        CloudEvent event = CloudEventFormat.read(line, DEFAULTS);
        return store.append(event.stream(), ExpectedVersion.any(), List.of(event.event()))
                .events()
                .get(0);
    }

    private static List<String> exported(EventStore store) {
        return store.readPage(LogQuery.all(), 1000).events().stream()
                .map(event -> CloudEventFormat.write(event, LOG))
                .toList();
    }

    private static ObjectNode parsed(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Asserts that an export equals the import. Times are compared in another test, and metadata is exported as a string. */
    private static void assertGivenBack(String sent, String exported) {
        ObjectNode expected = parsed(sent);
        ObjectNode actual = parsed(exported);
        List<String> unset = new ArrayList<>();
        expected.properties().forEach(field -> {
            if (field.getValue().isNull() && !field.getKey().equals("data")) {
                unset.add(field.getKey());
            }
        });
        expected.remove(unset);
        List.of("time", "metadata").forEach(expected::remove);
        expected.fieldNames()
                .forEachRemaining(name -> assertThat(actual.get(name)).as(name).isEqualTo(expected.get(name)));
        assertThat(actual.has("data")).isEqualTo(expected.has("data"));
        assertThat(actual.has("data_base64")).isEqualTo(expected.has("data_base64"));
        if (!expected.has("data")) {
            assertThat(actual.has("datacontenttype")).isEqualTo(expected.has("datacontenttype"));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void an_export_gives_back_what_was_sent(String line) {
        assertGivenBack(line, CloudEventFormat.write(stored(line), LOG));
    }

    @Test
    void an_export_that_is_imported_elsewhere_is_exported_again_as_the_same_text() {
        all().forEach(this::stored);
        store.append(
                StreamId.of("cart", "7"),
                ExpectedVersion.any(),
                List.of(
                        NewEvent.of("born-here", "{\"a\":1}"),
                        NewEvent.of("born-here", "null")
                                .withMetadata(Metadata.of("user", "ann")
                                        .with("ce-region", "north")
                                        .with("ce-id", "not the id of this event")
                                        .with("ce-Odd", "x")
                                        .with("ce-type", "x")
                                        .with("ce-data-form", "base64")
                                        .with("ce-not-text", "region")
                                        .with("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                                        .with(Metadata.CORRELATION_ID, "c-1"))));
        List<String> first = exported(store);

        EventStore other = new InMemoryEventStore();
        for (String line : first) {
            CloudEvent event = CloudEventFormat.read(line);
            other.append(event.stream(), ExpectedVersion.any(), List.of(event.event()));
        }
        assertThat(exported(other)).isEqualTo(first);
        assertThat(first.get(first.size() - 1))
                .contains("\"region\":\"north\"", "\"traceparent\":\"00-", "\"source\":\"urn:uuid:" + LOG + "\"");
    }

    static Stream<Metadata> oddMetadata() {
        Metadata none = Metadata.none();
        Metadata full = Metadata.of("k", "x".repeat(Metadata.MAX_SIZE - "{\"k\":\"\"}".length()));
        Metadata many =
                new Metadata(IntStream.range(0, 101).boxed().collect(Collectors.toMap(i -> "ce-x" + i, i -> "1")));
        return Stream.of(
                none.with("ce-source", "till 7"),
                none.with("ce-source", ""),
                none.with("ce-source", "a\uFFFE"),
                none.with("ce-source", "%"),
                none.with("ce-source", "urn:uuid:" + LOG),
                none.with("ce-source", "/s").with("ce-id", "not the id of this event"),
                full,
                Metadata.of("ce-source", "till 7").with("k", "x".repeat(Metadata.MAX_SIZE - 50)),
                many,
                many.with("ce-not-text", "x1"),
                none.with("ce-not-text", "Odd").with("ce-Odd", "5"),
                none.with("ce-not-text", "source").with("ce-source", "5"),
                none.with("ce-not-text", "").with("ce-", "5"),
                none.with("ce-not-text", "traceparent").with("traceparent", "5"),
                none.with("ce-not-text", "n").with("ce-n", "5").with("traceparent", "5"),
                none.with("ce-traceparent", "5").with("ce-data", "5").with("ce-correlationid", "5"),
                none.with("ce-data-form", "absent").with("ce-datacontenttype", "none"));
    }

    @ParameterizedTest
    @MethodSource("oddMetadata")
    void whatever_an_application_writes_into_the_metadata_can_be_imported(Metadata metadata) {
        EventStore born = new InMemoryEventStore();
        born.append(
                StreamId.of("cart", "7"),
                ExpectedVersion.any(),
                List.of(NewEvent.of("t", " {\n\"a\":\r\n 1}\n").withMetadata(metadata)));
        String line = exported(born).get(0);
        RecordedEvent imported = stored(line);

        assertThat(line).doesNotContain("\n", "\r");
        assertThat(CloudEventFormat.write(imported, UUID.randomUUID())).isEqualTo(line);
        assertThat(imported.metadata().entries()).containsAllEntriesOf(metadata.entries());
    }

    @Test
    void an_event_may_have_a_hundred_extension_attributes() {
        assertGivenBack(withExtensions(100), CloudEventFormat.write(stored(withExtensions(100)), LOG));
        for (int extensions : new int[] {101, 100_000}) {
            assertThatThrownBy(() -> stored(withExtensions(extensions)))
                    .hasMessage("The CloudEvent has more than 100 extension attributes");
        }
    }

    private static String withExtensions(int extensions) {
        return foreign()
                .get(2)
                .replace(
                        "\"data\"",
                        IntStream.range(0, extensions)
                                        .mapToObj(i -> "\"x" + i + "\":7,")
                                        .collect(Collectors.joining()) + "\"data\"");
    }

    @Test
    void attributes_of_tracing_are_strings() {
        for (String name : List.of("traceparent", "tracestate")) {
            String line = foreign().get(2).replace("\"data\"", "\"" + name + "\":5,\"sequence\":7,\"data\"");
            assertThatThrownBy(() -> stored(line)).hasMessage(name + " must be a string");
        }
    }

    @Test
    void the_events_of_a_batch_are_counted_while_it_is_read() {
        String endless = "[" + (foreign().get(2) + ",").repeat(3) + "no JSON";
        List<CloudEvent> taken = new ArrayList<>();
        assertThatThrownBy(() -> CloudEventFormat.readBatch(endless, DEFAULTS, event -> {
                    taken.add(event);
                    if (taken.size() == 2) {
                        throw new IllegalStateException("two are enough");
                    }
                }))
                .hasMessage("two are enough");
    }

    @Test
    void an_id_that_is_no_uuid_becomes_one_of_source_and_id() {
        RecordedEvent left = stored(foreign().get(2));
        RecordedEvent right = stored(foreign().get(3));

        // in Python: uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, "/left"), "12")
        assertThat(left.id()).isEqualTo(UUID.fromString("77d688b4-5ab5-537a-9feb-bd007628bfc1"));
        assertThat(right.id()).isNotEqualTo(left.id());
        assertThat(left.metadata().get("ce-id")).contains("12");
        assertThat(CloudEventFormat.read(foreign().get(2)).id()).isEqualTo(left.id());
    }

    @Test
    void attributes_are_kept_in_the_metadata_under_their_names() {
        RecordedEvent meter = stored(foreign().get(1));
        assertThat(meter.metadata().entries())
                .containsEntry("ce-partitionkey", "9")
                .containsEntry("ce-source", "/meters/9")
                .containsEntry("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .containsEntry("tracestate", "congo=t61rcWkgMzE");

        RecordedEvent notes = stored(foreign().get(14));
        assertThat(notes.metadata().entries())
                .containsEntry("user", "u-9")
                .containsEntry("attempt", "2")
                .containsEntry("urgent", "false")
                .doesNotContainKey("nothing");
        assertThat(stored(foreign().get(5)).data()).isEqualTo("\"<letter lang=\\\"de\\\">Grüße &amp; Küsse</letter>\"");
        assertThat(stored(foreign().get(7)).data()).isEqualTo("null");
    }

    @Test
    void a_time_is_kept_to_the_microsecond() {
        assertThat(stored(foreign().get(9)).recordedAt()).isEqualTo("2016-12-31T23:59:59.999999Z");
        assertThat(stored(foreign().get(10)).recordedAt()).isEqualTo("2023-07-01T00:00:00.987654Z");
        assertThat(stored(foreign().get(11)).recordedAt()).isEqualTo("1937-01-01T11:40:27.870Z");
    }

    @Test
    void a_batch_is_read_and_written() {
        List<CloudEvent> events =
                CloudEventFormat.readBatch("[\n" + String.join(",\n", ofTheSpecification()) + "]", DEFAULTS);
        assertThat(events).hasSameSizeAs(ofTheSpecification());
        List<RecordedEvent> recorded =
                ofTheSpecification().stream().map(this::stored).toList();
        assertThat(CloudEventFormat.readBatch(CloudEventFormat.writeBatch(recorded, LOG), StreamDefaults.none()))
                .extracting(CloudEvent::id)
                .containsExactlyElementsOf(events.stream().map(CloudEvent::id).toList());
        assertThat(CloudEventFormat.readBatch("[]", DEFAULTS)).isEmpty();
        assertThat(CloudEventFormat.writeBatch(List.of(), LOG)).isEqualTo("[]");
    }

    @Test
    void an_event_of_a_batch_that_breaks_a_rule_is_named() {
        String wrong = "[" + foreign().get(0) + "," + foreign().get(1).replace("\"source\":\"/meters/9\",", "") + "]";
        assertThatThrownBy(() -> CloudEventFormat.readBatch(wrong, DEFAULTS)).hasMessage("1/source is missing");
        assertThatThrownBy(() -> CloudEventFormat.readBatch("[" + foreign().get(0) + ",7]", DEFAULTS))
                .hasMessage("1 must be a JSON object");
        assertThatThrownBy(() -> CloudEventFormat.readBatch("{}", DEFAULTS))
                .hasMessageContaining("must be a JSON array");
        assertThatThrownBy(() -> CloudEventFormat.readBatch("[" + foreign().get(0), DEFAULTS))
                .isInstanceOf(CloudEventSyntaxException.class);
    }

    /**
     * The line without values that the SDK does not read according to the specification: most JSON types, null
     * attributes, and times that Java cannot represent.
     */
    @ParameterizedTest
    @MethodSource("all")
    void the_java_sdk_reads_what_was_written_as_what_was_sent(String line) {
        io.cloudevents.CloudEvent sent = SDK.deserialize(line.replaceAll("\"metadata\":\\{.*?},", "")
                .replace("vnd.example+json;v=3", "json")
                .replace("\"unsetextension\":null,", "")
                .replace("23:59:60Z", "23:59:59.999999Z")
                .replace("9876543219Z", "987654Z")
                .getBytes(StandardCharsets.UTF_8));
        io.cloudevents.CloudEvent written = SDK.deserialize(CloudEventFormat.write(stored(line), LOG)
                .replace("vnd.example+json;v=3", "json")
                .getBytes(StandardCharsets.UTF_8));

        assertThat(written.getId()).isEqualTo(sent.getId());
        assertThat(written.getSource()).isEqualTo(sent.getSource());
        assertThat(written.getType()).isEqualTo(sent.getType());
        assertThat(written.getDataSchema()).isEqualTo(sent.getDataSchema());
        if (sent.getTime() != null) {
            assertThat(written.getTime()).isEqualTo(sent.getTime());
        }
        for (String extension : sent.getExtensionNames()) {
            assertThat(written.getExtension(extension)).as(extension).isEqualTo(sent.getExtension(extension));
        }
        assertThat(written.getData() == null).isEqualTo(sent.getData() == null);
        if (sent.getData() instanceof BytesCloudEventData bytes) {
            assertThat(Objects.requireNonNull(written.getData()).toBytes()).isEqualTo(bytes.toBytes());
        } else if (sent.getData() instanceof JsonCloudEventData json) {
            assertThat(((JsonCloudEventData) Objects.requireNonNull(written.getData())).getNode())
                    .isEqualTo(json.getNode());
        }
    }

    static Stream<io.cloudevents.CloudEvent> ofTheSdk() throws IOException {
        JsonNode node = JSON.readTree("{\"n\":1.5}");
        return Stream.of(
                sdk().build(),
                sdk().withData("application/json", JsonCloudEventData.wrap(node))
                        .build(),
                sdk().withData("application/json", "{\"n\":1.5}".getBytes(StandardCharsets.UTF_8))
                        .build(),
                sdk().withData("text/plain", "grüß dich".getBytes(StandardCharsets.UTF_8))
                        .build(),
                sdk().withData("application/octet-stream", new byte[] {0, -1, 127})
                        .build(),
                sdk().withDataSchema(URI.create("urn:schema:1"))
                        .withExtension("flag", true)
                        .withExtension("count", -3)
                        .withExtension("text", "a \"b\" ü")
                        .withExtension("at", OffsetDateTime.parse("2026-01-31T12:00:00+02:00"))
                        .withExtension("bytes", new byte[] {1, 2})
                        .build());
    }

    private static CloudEventBuilder sdk() {
        return CloudEventBuilder.v1()
                .withId("n 1")
                .withSource(URI.create("https://producer.example/a?b#c"))
                .withType("com.example.made")
                .withSubject("s 1")
                .withTime(OffsetDateTime.parse("2026-01-31T12:00:00.123456+02:00"));
    }

    @ParameterizedTest
    @MethodSource("ofTheSdk")
    void what_the_java_sdk_writes_comes_back_to_it(io.cloudevents.CloudEvent event) {
        String line = new String(SDK.serialize(event), StandardCharsets.UTF_8);
        String written = CloudEventFormat.write(stored(line), LOG);
        io.cloudevents.CloudEvent back = SDK.deserialize(written.getBytes(StandardCharsets.UTF_8));

        ObjectNode own = parsed(written);
        assertThat(own.remove(List.of("version", "position", "category", "time"))
                        .properties())
                .containsAll(parsed(line).without(List.of("time")).properties());
        assertThat(back.getTime()).isEqualTo(event.getTime());
        assertThat(back.getExtensionNames()).containsAll(event.getExtensionNames());
    }

    @Test
    void binary_content_mode_is_read() {
        Map<String, String> headers = Map.of(
                "Ce-Specversion", "1.0",
                "ce-id", "h-1",
                "ce-source", "/mycontext",
                "ce-type", "t",
                "ce-text", "Euro%20%e2%82%ac%20%F0%9F%98%80",
                "ce-quoted", "\"a \\\"b\\\" c\"",
                "Accept", "*/*");
        CloudEvent event = HttpBinding.read(
                headers, "application/json", "{\"a\": 1.50}".getBytes(StandardCharsets.UTF_8), DEFAULTS);

        assertThat(event.stream()).isEqualTo(StreamId.of("thing", "1"));
        assertThat(event.event().metadata().entries())
                .containsEntry("ce-text", "Euro € 😀")
                .containsEntry("ce-quoted", "a \"b\" c")
                .containsEntry("ce-id", "h-1")
                .doesNotContainKey("ce-datacontenttype");
        assertThat(((org.meowmx.EventData.Json) event.event().data()).json()).isEqualTo("{\"a\": 1.50}");
    }

    @Test
    void data_of_binary_content_mode_are_json_text_or_bytes() {
        assertThat(binary("text/plain; charset=UTF-8", "grüß \"dich\"".getBytes(StandardCharsets.UTF_8)))
                .contains("\"datacontenttype\":\"text/plain; charset=UTF-8\",\"data\":\"grüß \\\"dich\\\"\"");
        assertThat(binary("application/soap+xml", "<a/>".getBytes(StandardCharsets.UTF_8)))
                .contains("\"data\":\"<a/>\"");
        assertThat(binary("text/plain; charset=ISO-8859-1", new byte[] {(byte) 0xfc}))
                .contains("\"data_base64\":\"/A==\"");
        assertThat(binary("image/png", new byte[] {1}))
                .contains("\"datacontenttype\":\"image/png\",\"data_base64\":\"AQ==\"");
        assertThat(binary(null, new byte[] {1}))
                .contains("\"data_base64\":\"AQ==\"")
                .doesNotContain("datacontenttype");
        assertThat(binary(null, new byte[0])).doesNotContain("data");
        assertThatThrownBy(() -> binary("application/json", new byte[] {(byte) 0xff}))
                .hasMessage("data is not UTF-8");
    }

    private String binary(String contentType, byte[] body) {
        Map<String, String> headers = Map.of(
                "ce-specversion", "1.0", "ce-id", UUID.randomUUID().toString(), "ce-source", "/m", "ce-type", "t");
        CloudEvent event = HttpBinding.read(headers, contentType, body, DEFAULTS);
        store.append(event.stream(), ExpectedVersion.any(), List.of(event.event()));
        List<String> all = exported(store);
        return all.get(all.size() - 1);
    }

    @Test
    void headers_that_break_a_rule_are_named() {
        assertThatThrownBy(() -> header("ce-text", "%C0%A0")).hasMessage("text must be percent-encoded UTF-8");
        assertThatThrownBy(() -> header("ce-text", "100%")).hasMessage("text must be percent-encoded UTF-8");
        assertThatThrownBy(() -> header("ce-text", "a%0Ab"))
                .hasMessageStartingWith("text contains a control character");
        assertThatThrownBy(() -> header("ce-odd-name", "a")).hasMessageContaining("has the attribute 'odd-name'");
        assertThatThrownBy(() -> header("ce-datacontenttype", "a/b")).hasMessageContaining("must not be a header");
        assertThatThrownBy(() -> header("ce-data", "a")).hasMessageContaining("must not be a header");
    }

    private static void header(String name, String value) {
        HttpBinding.read(
                Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/m", "ce-type", "t", name, value),
                null,
                new byte[0],
                DEFAULTS);
    }

    /** Every text that an attribute may have survives. */
    @Test
    void all_characters_of_attributes_survive() {
        String text = IntStream.concat(IntStream.rangeClosed(0x20, 0x7e), IntStream.of(0xa0, 0xfc, 0x202e, 0x1f408))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        ObjectNode sent = parsed(foreign().get(0)).put("comexamplebranch", text).put("id", text);
        assertGivenBack(sent.toString(), CloudEventFormat.write(stored(sent.toString()), LOG));
    }
}
