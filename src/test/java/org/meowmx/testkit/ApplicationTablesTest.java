package org.meowmx.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of an application's persistence unit, which the test kit creates on H2. */
class ApplicationTablesTest {

    private static final String UNIT = """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="application" transaction-type="JTA">
                <provider>org.hibernate.jpa.HibernatePersistenceProvider</provider>
                <class>%s</class>
                <exclude-unlisted-classes>true</exclude-unlisted-classes>
              </persistence-unit>
            </persistence>
            """;

    /** Its columns have names that PostgreSQL allows. */
    @Entity(name = "appointment")
    static class Appointment {

        @Id
        String key;

        int year;
        int month;
        int day;
        int hour;
        int minute;
        int second;
        String value;
    }

    @Entity(name = "mistaken")
    static class Mistaken {

        @Id
        @Column(columnDefinition = "unknown_type")
        String id;
    }

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path folder;

    @AfterEach
    void reset() {
        Thread.currentThread().setContextClassLoader(before);
    }

    /** Persistence units are found by the class loader of the thread. */
    private void create(Class<?> entity) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("META-INF")).resolve("persistence.xml"),
                UNIT.formatted(entity.getName()));
        try (URLClassLoader units = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before);
                TestServer server = new TestServer(new H2Database())) {
            Thread.currentThread().setContextClassLoader(units);
            assertThat(server.entityManager("application")
                            .getEntityManagerFactory()
                            .isOpen())
                    .isTrue();
        }
    }

    @Test
    void columns_may_have_names_that_are_keywords_of_h2_only() throws IOException {
        create(Appointment.class);
    }

    @Test
    void a_table_that_cannot_be_created_fails_with_the_statement() {
        assertThatThrownBy(() -> create(Mistaken.class))
                .isInstanceOf(PersistenceException.class)
                .hasStackTraceContaining("create table mistaken");
    }
}
