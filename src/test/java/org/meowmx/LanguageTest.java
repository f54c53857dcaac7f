package org.meowmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts that people read use plain English of the field: they contain none of the habit words in {@code words.txt}. */
class LanguageTest {

    private static final Path WORDS = Path.of("src/test/resources/org/meowmx/words.txt");
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTKIT = Path.of("src/testkit/java");

    /** {@code word -> instead}; a plus sign in front makes it a legitimate phrase with its reason. */
    private static final Pattern ENTRY = Pattern.compile("(?m)^(\\+ )?([a-z ]+) -> .+$");

    private static final List<Word> HABITS = words(false);
    private static final List<Word> LEGITIMATE = words(true);

    private static final String LITERAL = "\"(?:[^\"\\\\\\n]|\\\\.)*+\"";

    /** Comments and literals; string literals that a plus sign joins are one text. */
    private static final Pattern TOKEN = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|'(?:[^'\\\\]|\\\\.[^']*)'|\"\"\".*?\"\"\"|%1$s(?:\\s*\\+\\s*%1$s)*"
                    .formatted(LITERAL),
            Pattern.DOTALL);

    private static final Pattern SQL = Pattern.compile("\"+\\s*(?:select|insert|update|delete|with)\\s");

    private static final Pattern PUBLIC_TYPE = Pattern.compile("(?m)^public ");

    private static final Pattern PUBLIC_MEMBER =
            Pattern.compile("\\s*(?:@[\\w.]+(?:\\([^)]*\\))?\\s*)*(?:public|protected)\\b");

    /** The text that may separate the words of a phrase: also the margin of a comment, and the join of two literals. */
    private static final String GAP = "(?:[\\s*]|\"\\s*\\+\\s*\")+";

    /** An entry of the list, and how to find it. */
    private record Word(String entry, Pattern pattern) {}

    /** A comment, the literals of a message, or a page. */
    private record Text(String file, int line, String content) {}

    private static List<Word> words(boolean legitimate) {
        return ENTRY.matcher(read(WORDS))
                .results()
                .filter(entry -> legitimate == (entry.group(1) != null))
                .map(entry -> new Word(
                        entry.group(),
                        Pattern.compile("(?i)(?<![\\w-])" + entry.group(2).replace(" ", GAP) + "(?![\\w-])")))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int line(String text, int end) {
        return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    /** The Javadoc of packages, of public types with all that is in them, and of public members of other types. */
    private static List<Text> comments(String file, String source) {
        boolean all = file.endsWith("package-info.java")
                || PUBLIC_TYPE.matcher(source).find();
        Matcher member = PUBLIC_MEMBER.matcher(source);
        return TOKEN.matcher(source)
                .results()
                .filter(token -> token.group().startsWith("/**"))
                .filter(token ->
                        all || member.region(token.end(), source.length()).lookingAt())
                .map(token -> new Text(file, line(source, token.start()), token.group()))
                .toList();
    }

    /** String literals that contain a space and are not SQL: log, exception, problem and health texts, descriptions. */
    private static List<Text> messages(String file, String source) {
        return TOKEN.matcher(source)
                .results()
                .filter(token -> token.group().startsWith("\"") && token.group().contains(" "))
                .filter(token -> !SQL.matcher(token.group()).lookingAt())
                .map(token -> new Text(file, line(source, token.start()), token.group()))
                .toList();
    }

    private static Stream<String> findings(Text text) {
        String content = text.content();
        for (Word word : LEGITIMATE) {
            content = word.pattern().matcher(content).replaceAll(use -> use.group()
                    .replaceAll("\\w", "_"));
        }
        String rest = content;
        return HABITS.stream()
                .flatMap(word -> word.pattern().matcher(rest).results().map(found -> "%s:%d: %s"
                        .formatted(text.file(), text.line() + line(rest, found.start()) - 1, word.entry())));
    }

    private static void assertPlain(Stream<Text> texts, int least) {
        List<Text> read = texts.toList();
        assertThat(read).as("texts that were read").hasSizeGreaterThan(least);
        assertThat(read.stream().flatMap(LanguageTest::findings))
                .as("habit words, and what to write instead (%s)", WORDS)
                .isEmpty();
    }

    @Test
    void public_javadoc_has_no_habit_words() {
        assertPlain(
                Stream.of(MAIN, TESTKIT)
                        .flatMap(LanguageTest::sources)
                        .flatMap(file -> comments(file.toString(), read(file)).stream()),
                400);
    }

    @Test
    void messages_have_no_habit_words() {
        assertPlain(sources(MAIN).flatMap(file -> messages(file.toString(), read(file)).stream()), 250);
    }

    @Test
    void the_readme_has_no_habit_words() {
        Path readme = Path.of("README.md");
        assertThat(read(readme).lines()).hasSizeGreaterThan(100);
        assertPlain(Stream.of(new Text(readme.toString(), 1, read(readme))), 0);
    }

    @Test
    void habit_words_are_found_wherever_they_are() {
        String type = """
                /** Lags behind, behind a proxy. */
                public class A {
                    // 'told' and "beside" in a comment are free
                    /**
                     * The turns at
                     * hand.
                     */
                    char quote = '"';
                    String sql = "select 1 as behind";
                    String message = "nobody was " + "told of " + name + "; there "
                            + "is none";
                }
                """;
        assertThat(comments("A.java", type).stream().flatMap(LanguageTest::findings))
                .containsExactly("A.java:5: at hand -> current");
        assertThat(messages("A.java", type).stream().flatMap(LanguageTest::findings))
                .containsExactly(
                        "A.java:10: told -> reported, notified", "A.java:10: there is none -> not found, missing");

        String internal = type.replace("public class", "class").replace("char quote", "protected char quote");
        assertThat(comments("A.java", internal)).hasSize(1);
    }
}
