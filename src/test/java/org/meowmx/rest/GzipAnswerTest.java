package org.meowmx.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipAnswerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"gzip", "GZip", "deflate, gzip, br", "br;q=1.0, gzip;q=0.8", "x-gzip", "gzip; q=.5", "gzip;q=1"})
    void a_client_that_names_gzip_accepts_it(String accepted) {
        assertThat(GzipAnswer.acceptsGzip(accepted)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip;q=0.000", "gzipped", "*;q=0"})
    void any_other_client_does_not(String accepted) {
        assertThat(GzipAnswer.acceptsGzip(accepted)).isFalse();
    }

    @Test
    void a_client_that_says_nothing_gets_plain_answers() {
        assertThat(GzipAnswer.acceptsGzip(null)).isFalse();
    }
}
