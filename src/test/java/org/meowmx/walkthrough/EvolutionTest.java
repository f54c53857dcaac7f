package org.meowmx.walkthrough;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meowmx.evolution.Evolution;
import org.meowmx.evolution.Upcaster;
import org.meowmx.testkit.EventDescription;
import org.meowmx.testkit.GoldenEvents;

class EvolutionTest {

    private static final Path FOLDER = Path.of("src/test/resources/org/meowmx/walkthrough");

    @Test
    void events_of_every_past_version_are_read() {
        GoldenEvents.in(Path.of("src/test/resources/org/meowmx/walkthrough/golden"))
                .areReadAs(OrderEvent.class, new OrderEvolution());
    }

    @Test
    void event_classes_still_read_what_they_stored() {
        EventDescription.of(OrderEvent.class)
                .isCompatibleWith(
                        Path.of("src/test/resources/org/meowmx/walkthrough/events.txt"), new OrderEvolution());
    }

    @Test
    void a_version_without_a_file_and_a_file_that_is_read_otherwise_are_named() {
        Evolution otherwise = () -> List.of(
                Upcaster.change("order-placed", 1, past -> past.with("currency", "CHF")),
                Upcaster.drop("order-changed", 1),
                Upcaster.drop("order-viewed", 1),
                Upcaster.drop("order-forgotten", 3));

        assertThatThrownBy(() -> GoldenEvents.in(FOLDER.resolve("golden")).areReadAs(OrderEvent.class, otherwise))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("order-placed.v1.json is read as [order-placed {")
                .hasMessageContaining("\"currency\":\"CHF\"")
                .hasMessageContaining("order-changed.v1.json is read as [], expected [{")
                .hasMessageContaining("A file for order-forgotten v3 is missing.");
    }

    @Test
    void a_file_that_cannot_be_read_is_named() {
        assertThatThrownBy(() -> GoldenEvents.in(FOLDER.resolve("golden")).areReadAs(OrderEvent.class))
                .hasMessageContaining("order-changed.v1.json: Event order-changed")
                .hasMessageContaining("its type is none of");
    }

    @Test
    void without_upcasters_the_description_names_what_would_be_lost() {
        assertThatCode(() -> EventDescription.of(OrderEvent.class)
                        .isCompatibleWith(FOLDER.resolve("events-of-release-1.txt")))
                .hasMessageContainingAll(
                        "No class reads order-changed v1: make its name an alias of a class, or rename, split or drop it",
                        "order-placed went from version 1 to 2: add an upcaster that reads version 1.")
                .message()
                .doesNotContain("order-sent");
    }
}
