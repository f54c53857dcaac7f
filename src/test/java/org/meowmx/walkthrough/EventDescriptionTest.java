package org.meowmx.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.EventType;
import org.meowmx.testkit.EventDescription;

/** The build check: the changes that it accepts, and its messages for the others. */
class EventDescriptionTest {

    @TempDir
    Path folder;

    enum Colour {
        RED,
        GREEN
    }

    record Line(String article, int count) {}

    @EventType("basket-filled")
    record Basket(String owner, @Nullable String note, Optional<Long> weight, List<Line> lines, Colour colour) {}

    private static final String BASKET = """
            basket-filled v1
              colour: one of RED|GREEN
              lines[].article: java.lang.String
              lines[].count: int
              note?: java.lang.String
              owner: java.lang.String
              weight?: java.lang.Long
            """;

    private String problemOf(String committed) throws IOException {
        Path file = Files.writeString(folder.resolve("events.txt"), committed);
        try {
            EventDescription.of(Basket.class).isCompatibleWith(file);
            return "";
        } catch (AssertionError e) {
            return e.getMessage();
        }
    }

    @Test
    void fields_are_described_down_into_records() {
        assertThat(EventDescription.of(Basket.class).text()).endsWith(BASKET);
    }

    @Test
    void what_has_not_changed_passes() throws IOException {
        assertThat(problemOf("# a remark\n" + BASKET)).isEmpty();
    }

    @Test
    void a_field_that_is_gone_or_of_another_type_is_named() throws IOException {
        assertThat(problemOf(BASKET + "  zip: int\n"))
                .contains("basket-filled v1: the field 'zip' was removed: raise the version");
        assertThat(problemOf(BASKET.replace("count: int", "count: long")))
                .contains("basket-filled v1: the field 'lines[].count' was long and is int");
    }

    @Test
    void a_new_field_may_be_missing_but_not_be_required() throws IOException {
        assertThat(problemOf(BASKET.replace("  owner: java.lang.String\n", "")))
                .contains("the field 'owner' is new, and older events lack it: make it optional");
        assertThat(problemOf(BASKET.replace("owner: ", "owner?: ")))
                .contains("the field 'owner' is required now, but older events lack it");
        assertThat(problemOf(BASKET.replace("  note?: java.lang.String\n", "")))
                .contains("is out of date, but nothing is incompatible. Write it again with -Dmeowmx.describe=true")
                .contains("note?: java.lang.String");
        assertThat(problemOf(BASKET.replace("note?: ", "note: "))).contains("out of date, but nothing is incompatible");
    }

    @Test
    void a_constant_may_come_but_not_go() throws IOException {
        assertThat(problemOf(BASKET.replace("RED|GREEN", "RED"))).contains("out of date, but nothing is incompatible");
        assertThat(problemOf(BASKET.replace("RED|GREEN", "RED|BLUE"))).contains("was one of RED|BLUE and is one of");
    }

    @Test
    void a_type_or_an_alias_that_nobody_reads_any_more_is_named() throws IOException {
        assertThat(problemOf("basket-emptied v1\n" + BASKET)).contains("No class reads basket-emptied v1");
        assertThat(problemOf(BASKET.replace("v1\n", "v1\n  = basket-stuffed\n")))
                .contains("No class reads basket-stuffed any more: make it an alias again.");
    }

    @Test
    void a_version_that_went_back_is_named() throws IOException {
        assertThat(problemOf(BASKET.replace("v1", "v3"))).contains("basket-filled went from version 3 to 1");
    }

    @Test
    void the_text_is_written_on_demand_and_never_over_a_problem() throws IOException {
        Path file = folder.resolve("events.txt");
        System.setProperty(EventDescription.WRITE, "true");
        try {
            EventDescription.of(Basket.class).isCompatibleWith(file);
            assertThat(Files.readString(file)).endsWith(BASKET);
            String incompatible = BASKET + "  zip: int\n";
            Files.writeString(file, incompatible);
            assertThatThrownBy(() -> EventDescription.of(Basket.class).isCompatibleWith(file))
                    .isInstanceOf(AssertionError.class);
            assertThat(Files.readString(file)).isEqualTo(incompatible);
        } finally {
            System.clearProperty(EventDescription.WRITE);
        }
        EventDescription.of(Basket.class); // and read again
        assertThat(problemOf(EventDescription.of(Basket.class).text())).isEmpty();
    }
}
