package org.meowmx.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meowmx.DataBinder;
import org.meowmx.EventData;
import org.meowmx.Metadata;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.serialization.EventSerializer;
import org.meowmx.serialization.JsonCodec;

class CloudEventFormatTest {

    private static final String LINE = """
            {"specversion":"1.0","id":"01a21359-68bf-7605-bbd6-008701ed83b3","source":"/x","type":"a","category":"file","subject":"src/ä.c","time":"2024-05-01T02:00:00+02:00","data":{"x": 1.50}}""";

    private static final DataBinder BINDER = EventSerializer.binder(JsonCodec.jackson(), List.of());

    @Test
    void a_line_is_an_event_of_its_subjects_stream() {
        CloudEvent event = CloudEventFormat.read(LINE);

        assertThat(event.stream()).isEqualTo(StreamId.of("file", "src/ä.c"));
        assertThat(event.event().data()).isEqualTo(new EventData.Json("a", "{\"x\": 1.50}"));
        assertThat(event.id()).isEqualTo(UUID.fromString("01a21359-68bf-7605-bbd6-008701ed83b3"));
        assertThat(event.event().recordedAt()).isEqualTo(Instant.parse("2024-05-01T00:00:00Z"));
        assertThat(event.event().metadata()).isEqualTo(Metadata.of("ce-source", "/x"));
    }

    @Test
    void what_was_exported_is_imported_with_its_metadata() {
        Metadata metadata = Metadata.of("user", "ann \"x\"").with(Metadata.CORRELATION_ID, "7");
        RecordedEvent recorded = new RecordedEvent(
                3_000_000_000L,
                UUID.randomUUID(),
                StreamId.of("order", "4711"),
                7,
                "order-placed",
                "[null]",
                metadata,
                Instant.parse("2024-05-01T00:00:00.123456Z"),
                BINDER);
        UUID log = UUID.randomUUID();
        String line = CloudEventFormat.write(recorded, log);

        CloudEvent event = CloudEventFormat.read(line);
        assertThat(event.stream()).isEqualTo(recorded.stream());
        assertThat(event.id()).isEqualTo(recorded.id());
        assertThat(event.event().data()).isEqualTo(new EventData.Json("order-placed", "[null]"));
        assertThat(event.event().metadata()).isEqualTo(metadata.with("ce-source", "urn:uuid:" + log));
        assertThat(event.event().recordedAt()).isEqualTo(recorded.recordedAt());
        assertThat(line).contains("\"version\":\"7\"", "\"position\":\"3000000000\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"1.0\"|\"0.3\"|specversion|must be 1.0",
                "\"1.0\"|1|specversion|must be a string",
                "\"specversion\":\"1.0\",||specversion|is missing",
                "\"id\":\"01a21359-68bf-7605-bbd6-008701ed83b3\"|\"id\":\"\"|id|must not be empty",
                "\"id\":\"01a21359-68bf-7605-bbd6-008701ed83b3\"|\"id\":null|id|is missing",
                "\"id\":\"01a21359-68bf-7605-bbd6-008701ed83b3\"|\"id\":\"a\\u0085\"|id|contains a control character",
                "\"source\":\"/x\",||source|is missing",
                "\"source\":\"/x\"|\"source\":\"\"|source|must be a URI reference",
                "\"source\":\"/x\"|\"source\":\"a b\"|source|must be a URI reference",
                "\"type\":\"a\"|\"type\":\" \"|type|must not be blank",
                "\"category\":\"file\",||category|is missing. Send it, or the query parameter category for all events without it",
                "\"subject\":\"src/ä.c\",||subject|is missing",
                "\"category\":\"file\"|\"category\":7|category|must be a string",
                "src/ä.c|\\u0007|subject|contains the control character U+0007",
                "2024-05-01T02:00:00+02:00|yesterday|time|must be a time of RFC 3339 with a zone",
                "2024-05-01T02:00:00+02:00|0000-05-01T02:00:00+02:00|time|must be in the years 1 to 9999",
                "\"data\":{\"x\": 1.50}|\"source\":\"/y\"|``|has 'source' twice",
                "\"source\":\"/x\"|\"source\":\"/x\",\"data_base64\":\"AA==\"|data_base64|is not allowed together with data",
                "\"data\":{\"x\": 1.50}|\"data_base64\":\"A?==\"|data_base64|must be Base64",
                "\"data\":{\"x\": 1.50}|\"data_base64\":7|data_base64|must be a string",
                "\"source\":\"/x\"|\"source\":\"/x\",\"metadata\":\"[]\"|metadata|must be an object",
                "\"source\":\"/x\"|\"source\":\"/x\",\"metadata\":{\"user\":{}}|metadata/user|must be a string, a number or a Boolean",
                "\"source\":\"/x\"|\"source\":\"/x\",\"dataschema\":\"/relative\"|dataschema|must be an absolute URI",
                "\"source\":\"/x\"|\"source\":\"/x\",\"datacontenttype\":\"xml\"|datacontenttype|must be a media type of RFC 2046",
                "\"source\":\"/x\"|\"source\":\"/x\",\"partitionKey\":\"7\"|``|has the attribute 'partitionKey'; the name of an attribute consists of",
                "\"source\":\"/x\"|\"source\":\"/x\",\"odd_name\":\"7\"|``|has the attribute 'odd_name'",
                "\"source\":\"/x\"|\"source\":\"/x\",\"\":\"7\"|``|has the attribute ''",
                "\"source\":\"/x\"|\"source\":\"/x\",\"size\":1.5|size|must be a string, a Boolean, or an integer of 32 bits",
                "\"source\":\"/x\"|\"source\":\"/x\",\"size\":2147483648|size|must be a string, a Boolean, or an integer",
                "\"source\":\"/x\"|\"source\":\"/x\",\"tags\":[]|tags|must be a string, a Boolean, or an integer",
                "\"source\":\"/x\"|\"source\":\"/x\",\"note\":\"\\uFFFE\"|note|contains a control character, a noncharacter",
                "\"source\":\"/x\"|\"source\":\"/x\",\"note\":\"\\uD800\"|note|contains a control character, a noncharacter",
                "\"source\":\"/x\"|\"source\":\"/x\",\"correlationid\":\"7\"|correlationid|could be taken for 'correlationId'",
                "\"source\":\"/x\"|\"source\":\"/x\",\"principal\":\"ann\"|principal|could be taken for 'principal'",
                "\"source\":\"/x\"|\"source\":\"/x\",\"traceparent\":\"7\",\"metadata\":{\"traceparent\":\"8\"}|traceparent|is kept as 'traceparent' in the metadata",
                "\"source\":\"/x\"|\"source\":\"/x\",\"region\":\"7\",\"metadata\":{\"ce-region\":\"8\"}|region|is kept as 'ce-region' in the metadata"
            })
    void an_exception_names_the_attribute_and_the_rule(String part, String other, String attribute, String rule) {
        assertThatThrownBy(() -> CloudEventFormat.read(LINE.replace(part, other == null ? "" : other)))
                .isInstanceOfSatisfying(InvalidCloudEventException.class, e -> {
                    assertThat(e.attribute()).isEqualTo(attribute);
                    assertThat(e.rule()).startsWith(rule);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[1]|must be a JSON object", "7|must be a JSON object"})
    void a_text_that_is_not_an_object_is_refused(String text, String rule) {
        assertThatThrownBy(() -> CloudEventFormat.read(text))
                .isExactlyInstanceOf(InvalidCloudEventException.class)
                .hasMessage("The CloudEvent " + rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{} x|4", "{\"id\" secret|7"})
    void a_text_that_is_not_json_is_refused_with_its_place_and_without_its_content(String text, int column) {
        assertThatThrownBy(() -> CloudEventFormat.read(text))
                .hasMessageNotContaining("secret")
                .hasNoCause()
                .isInstanceOfSatisfying(CloudEventSyntaxException.class, e -> {
                    assertThat(e.line()).isEqualTo(1);
                    assertThat(e.column()).isBetween(column - 1, column + 1);
                });
    }
}
