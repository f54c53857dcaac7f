package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The files that the artifacts must and must not contain. */
class ArtifactsIT {

    private static List<String> entries(String artifact) throws IOException {
        try (JarFile jar = new JarFile(Path.of("target", artifact).toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    @Test
    void the_library_holds_the_engine_and_nothing_that_a_server_would_publish() throws IOException {
        assertThat(entries("meowmx.jar"))
                .contains(
                        "org/meowmx/EventStore.class",
                        "META-INF/persistence.xml",
                        "META-INF/beans.xml",
                        "META-INF/web-fragment.xml",
                        "org/meowmx/schema/postgresql/V1__event_store.sql",
                        "org/meowmx/schema/postgresql/grants.sql")
                .noneMatch(name -> name.startsWith("org/meowmx/rest/"))
                .noneMatch(name -> name.startsWith("org/meowmx/demo/"))
                .noneMatch(name -> name.startsWith("org/meowmx/testkit/"))
                .noneMatch(name -> name.endsWith(".html") || name.endsWith("web.xml"));
    }

    @Test
    void the_war_holds_neither_sample_nor_what_the_server_gives() throws IOException {
        assertThat(entries("meowmx.war"))
                .contains(
                        "WEB-INF/classes/org/meowmx/EventStore.class",
                        "WEB-INF/classes/org/meowmx/rest/console/index.html",
                        "WEB-INF/web.xml")
                .anyMatch(name -> name.matches("WEB-INF/lib/flyway-database-postgresql-.*\\.jar"))
                .noneMatch(name -> name.contains("meowmx-sample"))
                .noneMatch(name -> name.startsWith("WEB-INF/lib/postgresql"))
                .noneMatch(name -> name.matches("WEB-INF/lib/jakarta\\.(persistence|enterprise|transaction|inject).*"))
                .noneMatch(name -> name.contains("h2-") || name.contains("weld") || name.contains("narayana"));
        assertThat(entries("meowmx-demo.war")).contains("WEB-INF/lib/meowmx-sample.jar");
    }

    /** The guide lists each jar with the reason for it. */
    @Test
    void a_users_war_gets_what_the_guide_lists() throws IOException {
        String guide = Files.readString(Path.of("docs/existing-application.md"));
        String section =
                guide.substring(guide.indexOf("## What enters your WAR"), guide.indexOf("## What to look after"));
        String artifacts = section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1])
                .collect(Collectors.joining());
        Set<String> listed = Pattern.compile("`([^`]+)`")
                .matcher(artifacts)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(entries("consumers/consumer/target/shop.war"))
                .filteredOn(name -> name.endsWith(".jar"))
                .map(name -> name.replaceAll("WEB-INF/lib/|-\\d+\\..*?(?=-web|\\.jar)|\\.jar", ""))
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void the_web_jar_holds_rest_api_and_console_and_nothing_that_a_server_publishes_by_itself() throws IOException {
        List<String> entries = entries("meowmx-web.jar");

        assertThat(entries)
                .contains(
                        "org/meowmx/rest/ApiApplication.class",
                        "org/meowmx/rest/console/index.html",
                        "org/meowmx/rest/console/ui/app.js",
                        "META-INF/beans.xml",
                        "META-INF/web-fragment.xml",
                        "META-INF/microprofile-config.properties")
                .anyMatch(name -> name.matches("org/meowmx/rest/console/webjars/preact/.*/preact\\.min\\.umd\\.js"))
                .anyMatch(name -> name.matches("org/meowmx/rest/console/webjars/preact/.*/LICENSE"))
                .anyMatch(name -> name.matches("org/meowmx/rest/console/webjars/uplot/.*/uPlot\\.iife\\.min\\.js"))
                .anyMatch(name -> name.matches("org/meowmx/rest/console/webjars/uplot/.*/LICENSE"))
                .noneMatch(name -> name.startsWith("META-INF/resources"))
                .filteredOn(name -> name.endsWith(".class"))
                .allMatch(name -> name.startsWith("org/meowmx/rest/"));
    }

    @Test
    void the_test_kit_holds_the_test_kit_only() throws IOException {
        assertThat(entries("meowmx-testkit.jar"))
                .contains("org/meowmx/testkit/MeowmxTest.class", "META-INF/microprofile-config.properties")
                .filteredOn(name -> name.endsWith(".class"))
                .allMatch(name -> name.startsWith("org/meowmx/testkit/"));
    }

    @Test
    void the_manifest_asks_wildfly_for_its_modules() throws IOException {
        for (String artifact : List.of("meowmx.jar", "meowmx.war")) {
            try (JarFile jar = new JarFile(Path.of("target", artifact).toFile())) {
                assertThat(jar.getManifest().getMainAttributes().getValue("Dependencies"))
                        .isEqualTo("org.hibernate.commons-annotations optional,org.postgresql optional");
            }
        }
    }
}
