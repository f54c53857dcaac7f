package org.meowmx.subscription.engine.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meowmx.configuration.Key;
import org.meowmx.configuration.Keys;

/** The tables of docs/configuration.md have exactly the keys that are declared, with their defaults and allowed values. */
class ConfigurationReferenceTest {

    private static final Path REFERENCE = Path.of("docs/configuration.md");

    /** One row of a table. Code marks and thousands separators do not count. */
    private record Row(String key, String defaultText, String allowed, String meaning) {

        static Row of(String line) {
            String plain = line.replace("`", "").replaceAll("(?<=\\d),(?=\\d{3}\\b)", "");
            List<String> cells =
                    Arrays.stream(plain.split("\\|", -1)).map(String::strip).toList();
            assertThat(cells).as(line).hasSize(6);
            return new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4));
        }

        boolean declares(Key<?> key) {
            return key.name().equals(this.key)
                    && key.defaultText().equals(defaultText)
                    && key.values().allowed().equals(allowed)
                    && !key.meaning().isBlank()
                    && meaning.startsWith(key.meaning());
        }
    }

    /** The rows of the first table after a heading. */
    private static List<Row> table(String heading) throws IOException {
        return Files.readString(REFERENCE)
                .split("\n## " + heading + "\n")[1]
                .lines()
                .dropWhile(line -> !line.startsWith("| key |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(Row::of)
                .toList();
    }

    private static void assertSame(List<Row> rows, Stream<Key<?>> declared) {
        List<Key<?>> keys = declared.toList();
        assertThat(rows)
                .extracting(Row::key)
                .containsExactlyInAnyOrderElementsOf(
                        keys.stream().map(Key::name).toList());
        assertThat(keys).allSatisfy(key -> assertThat(rows)
                .as(
                        "%s | %s | %s | %s…",
                        key.name(), key.defaultText(), key.values().allowed(), key.meaning())
                .anyMatch(row -> row.declares(key)));
    }

    @Test
    void the_keys_of_the_application_are_those_of_the_reference() throws IOException {
        assertSame(table("Keys of the application"), Stream.concat(Keys.ALL.stream(), SubscriptionKeys.NODE.stream()));
    }

    @Test
    void the_keys_of_subscriptions_are_those_of_the_reference() throws IOException {
        assertSame(
                table("Keys of subscriptions"),
                Stream.concat(SubscriptionKeys.EACH.stream(), SubscriptionKeys.SINGLE.stream()));
    }
}
