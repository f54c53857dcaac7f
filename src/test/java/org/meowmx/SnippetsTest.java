package org.meowmx;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each snippet of Java, XML, properties, bash, Python and JavaScript in README and guides is part of a file that the build runs. The page links
 * to this file, or to a folder around it, where a reader finds its imports.
 */
class SnippetsTest {

    private static final Path CONSUMER = Path.of("src-test-it/consumer");

    /** Compiled and run by each build. */
    private static final List<Path> SOURCES = List.of(
            CONSUMER,
            Path.of("src/demo"),
            Path.of("src/test/java/org/meowmx/walkthrough"),
            Path.of("src-test-it/java/org/meowmx/blackbox/TokensIT.java"),
            Path.of("src-test-it/workers"));

    private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]+)");

    private static final Pattern SNIPPET = Pattern.compile(
            "^ *```(?:java|xml|properties|python|javascript|bash)\\n(.*?)^ *```", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>([^<]*)</artifactId>\\s*<version>([^<]*)</version>");

    private static final Pattern PROPERTY = Pattern.compile("<(version\\.[^>]*)>([^<]*)</");

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(not(String::isEmpty)).toList();
    }

    static Stream<Arguments> snippets() {
        return Stream.concat(Stream.of(Path.of("README.md")), files(Path.of("docs")))
                .filter(page -> page.toString().endsWith(".md"))
                .flatMap(
                        page -> SNIPPET.matcher(read(page)).results().map(found -> Arguments.of(page, found.group(1))));
    }

    private static boolean linksTo(Path page, Path source) {
        return LINK.matcher(read(page))
                .results()
                .map(link -> page.resolveSibling(link.group(1)).normalize())
                .anyMatch(source::startsWith);
    }

    /** A snippet may leave lines out. */
    private static boolean shows(Path source, String snippet) {
        Iterator<String> rest = lines(read(source)).iterator();
        return lines(snippet).stream().allMatch(line -> {
            while (rest.hasNext()) {
                if (rest.next().equals(line)) {
                    return true;
                }
            }
            return false;
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("snippets")
    void every_snippet_is_part_of_a_file_that_its_page_links_to(Path page, String snippet) {
        List<Path> shown = SOURCES.stream()
                .flatMap(SnippetsTest::files)
                .filter(source -> shows(source, snippet))
                .toList();

        assertThat(shown)
                .as("%s: no source has these lines in this order:%n%s", page, snippet)
                .isNotEmpty();
        assertThat(shown)
                .as("%s: add a link to a file that has these lines:%n%s", page, snippet)
                .anyMatch(source -> linksTo(page, source));
    }

    private static Map<String, String> found(Pattern pattern, String text) {
        Map<String, String> found = new HashMap<>();
        pattern.matcher(text).results().forEach(match -> found.put(match.group(1), match.group(2)));
        return found;
    }

    @Test
    void consumer_and_test_kit_have_the_versions_that_the_project_is_tested_with() {
        String project = read(Path.of("pom.xml"));
        Map<String, String> properties = found(PROPERTY, project);
        Map<String, String> tested = found(VERSION, project);
        tested.replaceAll((artifact, version) ->
                version.startsWith("${") ? properties.get(version.substring(2, version.length() - 1)) : version);
        tested.put("junit-jupiter", tested.get("junit-bom"));

        Map<String, String> used = found(VERSION, read(CONSUMER.resolve("pom.xml")));
        used.putAll(found(VERSION, read(Path.of("src/testkit/pom.xml"))));
        assertThat(used).containsKeys("meowmx", "weld-junit5", "junit-jupiter", "maven-war-plugin");
        used.keySet().retainAll(tested.keySet());
        assertThat(tested).containsAllEntriesOf(used);
    }
}
