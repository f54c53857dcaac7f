package org.meowmx.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.InvalidEventException;

class JsonRulesTest {

    private final JsonRules rules = new JsonRules(100_000);

    private void assertRefused(String json, String field, String rule) {
        assertThatThrownBy(() -> rules.check("data", json))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\"\"",
                "-0.0",
                "1e308",
                "4.9e-324",
                "0e-999",
                "{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]}}",
                "\"\\\\u0000\"",
                "\"\\ud83d\\udc31\"",
                " [1 , 2]\n",
                "123456789012345678901234567890.123456789"
            })
    void what_postgresql_can_keep_is_allowed(String json) {
        assertThatCode(() -> rules.check("data", json)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":}", "[1,]", "nul", "{'a':1}", "NaN", "01", "\"a", "// x\n1", "{\"a\" 1}"})
    void what_is_no_json_is_refused_with_its_place_and_without_its_text(String json) {
        assertRefused(json, "data", "is not valid JSON at line ");
        assertThatThrownBy(() -> rules.check("data", "{\"secret-canary\": secret-canary}"))
                .hasMessage("data: is not valid JSON at line 1, column 25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 2", "{} {}", "[] 1", "null null"})
    void more_than_one_value_is_refused(String json) {
        assertRefused(json, "data", "more than one JSON value");
    }

    @Test
    void nothing_is_refused() {
        assertRefused("", "data", "is empty");
        assertRefused(" \n", "data", "is empty");
    }

    @Test
    void a_key_twice_is_refused_with_its_pointer() {
        assertRefused("{\"a\":[0,{\"b\":1,\"b\":2}]}", "data/a/1/b", "occurs twice in its object");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 20, 99})
    void a_key_twice_is_refused_among_many(int twice) {
        List<String> members = new ArrayList<>(IntStream.range(0, 100)
                .mapToObj("\"k%d\":{\"k0\":[]}"::formatted)
                .toList());
        assertThatCode(() -> rules.check("data", "{" + String.join(",", members) + "}"))
                .doesNotThrowAnyException();

        members.add("\"k%d\":0".formatted(twice));

        assertRefused("{" + String.join(",", members) + "}", "data/k" + twice, "occurs twice in its object");
    }

    @Test
    void what_postgresql_cannot_keep_is_refused_with_its_pointer() {
        assertRefused("{\"a\":{\"b\":\"x\\u0000y\"}}", "data/a/b", "U+0000");
        assertRefused("[\"\\ud800\"]", "data/0", "lone surrogate");
        assertRefused("[\"\\udc00\\ud800\"]", "data/0", "lone surrogate");
        assertRefused("[\"\ud83d\"]", "data/0", "lone surrogate");
        assertRefused("{\"\\u0000\":1}", "data/\uFFFD", "U+0000");
        assertRefused("[\"\0\"]", "data", "is not valid JSON");
        assertRefused("{\"\0\":1}", "data", "is not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e309", "1e-400", "1e999999999"})
    void numbers_beyond_a_double_are_refused(String number) {
        assertRefused("{\"n\":" + number + "}", "data/n", "outside the range of a double");
    }

    @Test
    void a_number_of_very_many_digits_is_refused() {
        assertRefused("1".repeat(400), "data", "outside the range of a double");
        assertRefused("0." + "0".repeat(400) + "1", "data", "outside the range of a double");
        assertRefused("0." + "1".repeat(2_000), "data", "more than 1000 digits");
    }

    @Test
    void a_long_number_within_a_double_is_allowed() {
        for (String number : List.of(
                "1".repeat(309), "0." + "0".repeat(300) + "1", "0." + "0".repeat(400), "1." + "1".repeat(999))) {
            assertThatCode(() -> rules.check("data", number)).doesNotThrowAnyException();
        }
    }

    @Test
    void digits_are_counted_of_the_number_without_its_exponent() {
        for (String number :
                List.of("0e-1000", "0e1000", "0E-99999", "0e99999999999", "1." + "1".repeat(800) + "e-300")) {
            assertRefused("{\"n\":" + number + "}", "data/n", "more than 1000 digits");
        }
    }

    @Test
    void a_text_may_not_grow_beyond_the_limit_by_numbers_that_are_stored_without_exponents() {
        String numbers = "[" + "1e308,".repeat(299) + "1e308]";

        assertThatCode(() -> rules.check("data", numbers)).doesNotThrowAnyException();
        assertRefused(numbers.replace("]", "," + numbers + "]"), "data", "meowmx.event.max-size allows 100000");
    }

    @Test
    void white_space_between_tokens_does_not_count() {
        String most = "[" + "1,".repeat(49_996) + "\" \\\" \"]";
        String stored = most.replace(",", ", ");

        assertThat(stored.length()).isGreaterThan(140_000);
        assertThatCode(() -> rules.check("data", most)).doesNotThrowAnyException();
        assertThatCode(() -> rules.check("data", stored)).doesNotThrowAnyException();
        assertRefused(stored.replace("\" \\", "\"    \\"), "data", "has 100003 characters");
    }

    @Test
    void twenty_thousand_nested_arrays_are_refused() {
        assertRefused("[".repeat(20_000), "data" + "/0".repeat(JsonRules.MAX_DEPTH), "deeper than 500");
        assertThatCode(() -> rules.check("data", "[".repeat(500) + "]".repeat(500)))
                .doesNotThrowAnyException();
    }

    @Test
    void a_text_over_the_limit_is_refused() {
        assertRefused("\"" + "x".repeat(100_000) + "\"", "data", "meowmx.event.max-size allows 100000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"b\":2} | {\"b\":2, \"a\":1} | true",
                "1.50 | 1.5 | true",
                "100 | 1e2 | true",
                "{\"a\":[1.0,{\"x\":2.00}]} | {\"a\":[1,{\"x\":2}]} | true",
                "[1,2] | [2,1] | false",
                "\"1\" | 1 | false",
                "null | {} | false",
                "{\"a\":null} | {} | false",
                "9007199254740993 | 9007199254740992 | false"
            })
    void texts_are_compared_by_what_they_say(String one, String other, boolean same) {
        assertThat(JsonComparison.same(one, other)).isEqualTo(same);
    }
}
