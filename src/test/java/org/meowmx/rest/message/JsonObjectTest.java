package org.meowmx.rest.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {

    private static Problem problem(String body) {
        try {
            JsonObject.oneOrMany(body, 10, Set.of("a", "b"));
        } catch (ProblemException e) {
            return e.problem();
        }
        throw new AssertionError("no problem with " + body);
    }

    @Test
    void a_field_is_the_text_that_was_sent() {
        JsonObject object = JsonObject.one(
                "{ \"a\" : {\"x\": 1.50,\n \"y\":[ 1e2 ]} ,\"b\":\"t\\u0041\", \"c\":-0.10,\"d\":true,\"e\":null , \"f\" : [] }",
                Set.of("a", "b", "c", "d", "e", "f"));

        assertThat(object.fields())
                .containsExactly(
                        Map.entry("a", "{\"x\": 1.50,\n \"y\":[ 1e2 ]}"),
                        Map.entry("b", "\"t\\u0041\""),
                        Map.entry("c", "-0.10"),
                        Map.entry("d", "true"),
                        Map.entry("e", "null"),
                        Map.entry("f", "[]"));
        assertThat(object.string("b")).isEqualTo("tA");
        assertThat(object.has("e")).isFalse();
        assertThat(object.has("g")).isFalse();
    }

    @Test
    void long_texts_are_cut_at_the_right_places() {
        String large = "\"" + "ä🐈\\n".repeat(50_000) + "\"";
        List<JsonObject> objects =
                JsonObject.oneOrMany("[{\"a\":%s,\"b\":1},{\"a\":[%s]}]".formatted(large, large), 10, Set.of("a", "b"));

        assertThat(objects.get(0).json("a")).isEqualTo(large);
        assertThat(objects.get(0).json("b")).isEqualTo("1");
        assertThat(objects.get(1).json("a")).isEqualTo("[" + large + "]");
        assertThat(objects.get(1).pointer()).isEqualTo("/1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"a\": |1|7", "{\"a\":1}}|1|8", "{'a':1}|1|2", "[{},~ {\"a\":tru}]|2|9", "{\"a\":1} x|1|9"})
    void what_is_not_json_is_told_with_its_place(String body, int line, int column) {
        Problem problem = problem(body.replace('~', '\n'));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_JSON);
        assertThat(problem.facts()).containsEntry("line", line).containsKey("column");
        assertThat((Integer) problem.facts().get("column")).isBetween(column - 1, column + 2);
        assertThat(problem.detail()).doesNotContain("tru").doesNotContain("'a'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "\"text\"", "null", "[1]", "[[]]"})
    void what_is_no_object_is_refused(String body) {
        assertThat(problem(body).type()).isEqualTo(ProblemType.INVALID_EVENT);
    }

    @Test
    void deep_nesting_is_passed_on_to_be_judged_by_the_store() {
        String deep = "[".repeat(20_000) + "]".repeat(20_000);

        assertThat(JsonObject.oneOrMany("{\"a\":" + deep + "}", 10, Set.of("a"))
                        .get(0)
                        .json("a"))
                .isEqualTo(deep);
    }

    @Test
    void more_than_there_may_be_are_not_looked_at() {
        Problem problem = problem("[" + "{},".repeat(10) + "{} and nonsense");

        assertThat(problem.type()).isEqualTo(ProblemType.TOO_LARGE);
        assertThat(problem.facts()).containsEntry("limit", 10);
    }

    @Test
    void unknown_fields_are_refused_by_name_and_repeated_ones_too() {
        assertThatThrownBy(() -> JsonObject.one("{\"tpe\":1}", Set.of("type", "data")))
                .hasMessage("The body has the unknown field 'tpe'; known fields are data, type");
        assertThatThrownBy(() -> JsonObject.one("{\"a\\n" + "x".repeat(100_000) + "\":1}", Set.of("type")))
                .hasMessage("The body has the unknown field 'a?" + "x".repeat(38) + "…'; known fields are type");
        assertThat(problem("[{\"a\":1},{\"b\":1,\"b\":2}]").detail()).isEqualTo("/1 has the same field twice");
    }

    @Test
    void what_stands_behind_an_unknown_field_is_not_looked_at() {
        assertThat(problem("[{\"a\":1},{\"c\":1,\"d\" nonsense").detail())
                .isEqualTo("/1 has the unknown field 'c'; known fields are a, b");
    }

    @Test
    void texts_beyond_what_metadata_may_have_are_not_looked_at() {
        JsonObject object = JsonObject.one("{\"m\":{\"a\":\"" + "x".repeat(200_000) + "\"}}", Set.of("m"));

        assertThatThrownBy(() -> object.strings("m"))
                .hasMessage("/m has 200008 characters of JSON, 131072 are allowed");
    }

    @Test
    void values_are_read_as_what_is_asked_for() {
        JsonObject object = JsonObject.one(
                "{\"n\":7,\"t\":\"x\",\"m\":{\"user\":\"ann\"},\"bad\":{\"user\":1}}", Set.of("n", "t", "m", "bad"));

        assertThat(object.number("n", 1, 10)).isEqualTo(7);
        assertThat(object.strings("m")).containsExactly(Map.entry("user", "ann"));
        assertThat(object.strings("none")).isEmpty();
        assertThatThrownBy(() -> object.number("n", 8, 10)).hasMessage("/n must be a number from 8 to 10");
        assertThatThrownBy(() -> object.number("t", 8, 10)).hasMessage("/t must be a number from 8 to 10");
        assertThatThrownBy(() -> object.string("n")).hasMessage("/n must be a string");
        assertThatThrownBy(() -> object.strings("t")).hasMessage("/t must be an object of strings");
        assertThatThrownBy(() -> object.strings("bad")).hasMessage("/bad/user must be a string");
    }
}
