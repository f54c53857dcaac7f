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
        assertThat(event.event().metadata()).isEqualTo(Metadata.none());
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
        String line = CloudEventFormat.write(recorded, UUID.randomUUID());

        CloudEvent event = CloudEventFormat.read(line);
        assertThat(event.stream()).isEqualTo(recorded.stream());
        assertThat(event.id()).isEqualTo(recorded.id());
        assertThat(event.event().data()).isEqualTo(new EventData.Json("order-placed", "[null]"));
        assertThat(event.event().metadata()).isEqualTo(metadata);
        assertThat(event.event().recordedAt()).isEqualTo(recorded.recordedAt());
        assertThat(line).contains("\"version\":\"7\"", "\"position\":\"3000000000\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"1.0\"|\"0.3\"|specversion|must be 1.0",
                "\"id\":\"01a21359-68bf-7605-bbd6-008701ed83b3\"|\"id\":\"7\"|id|must be a UUID",
                "\"type\":\"a\"|\"type\":\" \"|type|must not be blank",
                "\"category\":\"file\",||category|must be a string",
                "src/ä.c|\\u0007|subject|contains the control character U+0007",
                "2024-05-01T02:00:00+02:00|yesterday|time|must be an ISO-8601 time with a zone",
                "2024-05-01T02:00:00+02:00|+10000-05-01T02:00:00+02:00|time|must be in the years 1 to 9999",
                "\"data\":{\"x\": 1.50}|\"source\":\"/y\"|``|has the same field twice",
                "\"data\":{\"x\": 1.50}|\"version\":1|data|is missing",
                "\"data\":{\"x\": 1.50}|\"data_base64\":\"AA==\"|``|has the unknown field 'data_base64'; known fields are category, ",
                "\"source\":\"/x\"|\"metadata\":\"[]\"|metadata|must be an object of strings",
                "\"source\":\"/x\"|\"metadata\":\"{\\\"user\\\":1}\"|metadata/user|must be a string"
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
