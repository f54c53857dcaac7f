package org.meowmx.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.ExpectedVersion;
import org.meowmx.rest.message.ProblemException;

class PreconditionsTest {

    @Test
    void headers_are_expected_versions() {
        assertThat(Preconditions.expected(null, null)).isEqualTo(ExpectedVersion.any());
        assertThat(Preconditions.expected("*", null)).isEqualTo(ExpectedVersion.streamExists());
        assertThat(Preconditions.expected(null, "*")).isEqualTo(ExpectedVersion.noStream());
        assertThat(Preconditions.expected("\"0\"", null)).isEqualTo(ExpectedVersion.noStream());
        assertThat(Preconditions.expected("\"3\"", null)).isEqualTo(ExpectedVersion.exactly(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "3",
                "-1",
                "\"-1\"",
                "w/\"3\"",
                "W/3",
                "\"3-4\"",
                "\"gzip\"",
                "\"3-\"",
                "\"3\", \"4\"",
                "\"9223372036854775808\"",
                "\"\"",
                "\"3",
                ""
            })
    void anything_else_is_refused(String ifMatch) {
        assertThatThrownBy(() -> Preconditions.expected(ifMatch, null)).hasMessageStartingWith("If-Match must be");
    }

    /** The tags that nginx, httpd, Jetty and other proxies write instead of "3" when they compress an answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {"W/\"3\"", "\"3-gzip\"", "W/\"3-gzip\"", "\"3--gzip\"", "\"3;br\"", "\"3-br\"", "\"3:zstd\""})
    void a_version_is_recognised_in_every_form_of_its_tag(String tag) {
        assertThat(Preconditions.expected(tag, null)).isEqualTo(ExpectedVersion.exactly(3));
        assertThat(Preconditions.isKnown(tag, 3)).isTrue();
        assertThat(Preconditions.isKnown("\"2\", " + tag, 3)).isTrue();
        assertThat(Preconditions.isKnown(tag, 33)).isFalse();
    }

    @Test
    void both_headers_and_other_tags_are_refused() {
        assertThatThrownBy(() -> Preconditions.expected("*", "*")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Preconditions.expected(null, "\"3\"")).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_reader_who_has_the_version_is_recognised() {
        assertThat(Preconditions.isKnown("\"3\"", 3)).isTrue();
        assertThat(Preconditions.isKnown("W/\"3\"", 3)).isTrue();
        assertThat(Preconditions.isKnown("\"2\", \"3\"", 3)).isTrue();
        assertThat(Preconditions.isKnown("*", 3)).isTrue();
        assertThat(Preconditions.isKnown("*", 0)).isFalse();
        assertThat(Preconditions.isKnown("\"2\"", 3)).isFalse();
        assertThat(Preconditions.isKnown("garbage", 3)).isFalse();
        assertThat(Preconditions.isKnown(null, 3)).isFalse();
    }
}
