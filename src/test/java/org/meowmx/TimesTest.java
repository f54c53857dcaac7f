package org.meowmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    /** The examples of RFC 3339, section 5.8, are among them. */
    @ParameterizedTest
    @CsvSource({
        "1985-04-12T23:20:50.52Z,1985-04-12T23:20:50.520Z",
        "1996-12-19T16:39:57-08:00,1996-12-20T00:39:57Z",
        "1990-12-31T23:59:60Z,1990-12-31T23:59:59.999999Z",
        "1990-12-31T15:59:60-08:00,1990-12-31T23:59:59.999999Z",
        "2016-12-31T23:59:60.75Z,2016-12-31T23:59:59.999999Z",
        "1937-01-01T12:00:27.87+00:20,1937-01-01T11:40:27.870Z",
        "2024-01-01T00:00:00.1234567890Z,2024-01-01T00:00:00.123456Z",
        "2024-01-01t00:00:00.123456789z,2024-01-01T00:00:00.123456Z",
        "2024-01-01T00:00:00-00:00,2024-01-01T00:00:00Z",
        "2024-01-01T23:59:00+23:59,2024-01-01T00:00:00Z",
        "2024-01-01T00:01:00-23:59,2024-01-02T00:00:00Z",
        "2024-01-02T23:58:60+23:59,2024-01-01T23:59:59.999999Z"
    })
    void a_time_of_rfc_3339_is_read_to_the_microsecond(String text, Instant time) {
        assertThat(Times.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2024-01-01",
                "2024-01-01T00:00:00",
                "2024-02-30T00:00:00Z",
                "2024-01-01T24:00:01Z",
                "2024-01-01T12:00:60Z",
                "2024-01-01T23:59:61Z",
                "2024-01-01T12:00Z",
                "2024-01-01T12:00:00+02",
                "2024-01-01T12:00:00+0200",
                "2024-01-01T12:00:00+02:00:30",
                "2024-01-01T12:00:00+24:00",
                "2024-01-01T12:00:00.Z",
                "2024-01-01T24:00:00Z",
                "2024-1-01T12:00:00Z",
                "+12024-01-01T12:00:00Z",
                " 2024-01-01T12:00:00Z",
                "2024-01-01T23:60:60Z"
            })
    void any_other_text_is_refused(String text) {
        assertThatThrownBy(() -> Times.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void nothing_is_rounded_up() {
        assertThat(Times.parse("2024-12-31T23:59:59.9999999999Z"))
                .isEqualTo(Instant.parse("2024-12-31T23:59:59.999999Z"));
    }
}
