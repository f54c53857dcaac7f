package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.evolution.Upcaster.into;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meowmx.EventBindingException;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.LogQuery;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.TypedEvent;
import org.meowmx.evolution.Evolution;
import org.meowmx.evolution.Upcaster;

/** Old events, read as today's classes. */
abstract class EvolutionContract {

    private static final StreamId CUSTOMER = StreamId.of("customer", 1L);

    @Inject
    EventStore events;

    /** Today's classes. */
    sealed interface CustomerEvent {

        /** Version 1 had no currency, version 2 a field of another name. */
        @EventType(value = "credit-given", version = 3)
        record CreditGiven(BigDecimal amount, String currency) implements CustomerEvent {}

        /** The type had another name. */
        @EventType(
                value = "customer-registered",
                aliases = {"customer-created", "customer-added"})
        record Registered(String name) implements CustomerEvent {}

        /** This event and the next one were one event, customer-changed. */
        @EventType("customer-moved")
        record Moved(String street) implements CustomerEvent {}

        @EventType(value = "customer-renamed", version = 2)
        record Renamed(String fullName) implements CustomerEvent {}
    }

    /** The history. */
    @ApplicationScoped
    static class CustomerEvolution implements Evolution {

        @Override
        public List<Upcaster> upcasters() {
            return List.of(
                    Upcaster.change("credit-given", 2, past -> past.renaming("sum", "amount")),
                    Upcaster.change("credit-given", 1, past -> past.with("currency", "EUR")),
                    Upcaster.change("customer-registered", 1, past -> past.renaming("label", "name")),
                    Upcaster.split(
                            "customer-changed",
                            1,
                            into("customer-moved", past -> past).when(past -> past.has("street")),
                            into("customer-renamed", past -> past).when(past -> past.has("name"))),
                    Upcaster.change("customer-renamed", 1, past -> past.renaming("name", "fullName")),
                    Upcaster.drop("customer-viewed", 2));
        }
    }

    @Test
    void a_typed_scan_of_the_log_finds_what_upcasters_turn_into_the_family() {
        RecordedEvent added = stored(append("customer-added", 2, "{\"name\": \"ann\"}"));
        RecordedEvent changed = stored(append("customer-changed", "{\"name\": \"bo\", \"street\": \"s\"}"));
        append("customer-viewed", "{}");
        append("something-else", "{}");

        assertThat(events.scan(LogQuery.all(), CustomerEvent.class))
                .containsExactly(
                        new TypedEvent<>(new CustomerEvent.Registered("ann"), added),
                        new TypedEvent<>(new CustomerEvent.Moved("s"), changed),
                        new TypedEvent<>(new CustomerEvent.Renamed("bo"), changed));
        assertThat(events.scan(LogQuery.all().types("customer-added", "other"), CustomerEvent.class))
                .extracting(TypedEvent::recorded)
                .containsExactly(added);
        assertThat(events.scan(LogQuery.all().types("other"), CustomerEvent.class))
                .isEmpty();
        assertThat(events.readPage(LogQuery.all(), 10).typed(CustomerEvent.class))
                .hasSize(3);
        assertThat(events.storedTypes(CustomerEvent.class)).contains("customer-changed", "customer-created");
        assertThatThrownBy(() -> events.scan(LogQuery.all(), String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("java.lang.String is neither a class with @EventType nor a sealed family of such classes");
    }

    @Test
    void a_typed_read_of_a_stream_has_each_object_with_its_event() {
        RecordedEvent changed = stored(append("customer-changed", "{\"name\": \"bo\", \"street\": \"s\"}"));

        assertThat(events.read(CUSTOMER).typed(CustomerEvent.class))
                .containsExactly(
                        new TypedEvent<>(new CustomerEvent.Moved("s"), changed),
                        new TypedEvent<>(new CustomerEvent.Renamed("bo"), changed));
        assertThat(events.scan(CUSTOMER, StreamRange.all(), CustomerEvent.class))
                .hasSize(2);
        append("something-else", "{}");
        assertThatThrownBy(() -> events.read(CUSTOMER).typed(CustomerEvent.class))
                .isInstanceOf(EventBindingException.class);
    }

    /** The event with its data as the database returns it. */
    private RecordedEvent stored(RecordedEvent appended) {
        return events.read(appended.stream(), StreamRange.all().from(appended.version()))
                .events()
                .get(0);
    }

    private RecordedEvent append(String type, String json) {
        return events.append(CUSTOMER, any(), NewEvent.of(type, json)).last();
    }

    private RecordedEvent append(String type, int version, String json) {
        NewEvent event = NewEvent.of(type, json).withMetadata(Metadata.SCHEMA_VERSION, Integer.toString(version));
        return events.append(CUSTOMER, any(), event).last();
    }

    @Test
    void a_class_notes_its_schema_version_beside_its_events() {
        CustomerEvent given = new CustomerEvent.CreditGiven(new BigDecimal("12.50"), "CHF");
        events.append(CUSTOMER, any(), NewEvent.of(given), NewEvent.of(new CustomerEvent.Moved("main st")));

        List<RecordedEvent> read = events.read(CUSTOMER).events();

        assertThat(read.get(0).metadata().get(Metadata.SCHEMA_VERSION)).contains("3");
        assertThat(read.get(0).as(CustomerEvent.class)).isEqualTo(given);
        assertThat(read.get(1).metadata().get(Metadata.SCHEMA_VERSION)).isEmpty();
        assertThat(read.get(1).metadata().schemaVersion()).isEqualTo(1);
    }

    @Test
    void notes_that_were_copied_from_an_older_event_do_not_lie_about_the_version() {
        Metadata copied = append("credit-given", 2, "{}").metadata();
        NewEvent moved = NewEvent.of(new CustomerEvent.Moved("main st")).withMetadata(copied);

        assertThat(events.append(CUSTOMER, any(), moved).last().metadata().schemaVersion())
                .isEqualTo(1);
    }

    @Test
    void every_version_goes_through_the_rest_of_the_chain() {
        CustomerEvent today = new CustomerEvent.CreditGiven(new BigDecimal("12.50"), "EUR");

        assertThat(append("credit-given", "{\"sum\": 12.50}").as(CustomerEvent.class))
                .isEqualTo(today);
        assertThat(append("credit-given", 2, "{\"sum\": 12.50, \"currency\": \"EUR\"}")
                        .as(CustomerEvent.class))
                .isEqualTo(today);
        assertThat(append("credit-given", 3, "{\"amount\": 12.50, \"currency\": \"EUR\"}")
                        .as(CustomerEvent.class))
                .isEqualTo(today);
    }

    @Test
    void a_version_of_tomorrow_is_read_as_far_as_it_fits() {
        assertThat(append("credit-given", 4, "{\"amount\": 1, \"currency\": \"EUR\", \"why\": \"x\"}")
                        .as(CustomerEvent.class))
                .isEqualTo(new CustomerEvent.CreditGiven(BigDecimal.ONE, "EUR"));
    }

    @Test
    void no_digit_is_lost_on_the_way() {
        String amount = "12345678901234567890.123456789012345678901234567890";

        assertThat(append("credit-given", "{\"sum\": " + amount + "}").as(CustomerEvent.CreditGiven.class))
                .isEqualTo(new CustomerEvent.CreditGiven(new BigDecimal(amount), "EUR"));
    }

    @Test
    void an_old_name_is_read_as_the_class_of_today() {
        RecordedEvent created = append("customer-created", "{\"label\": \"ann\"}");

        assertThat(created.type()).isEqualTo("customer-created");
        assertThat(created.as(CustomerEvent.class)).isEqualTo(new CustomerEvent.Registered("ann"));
        assertThat(created.is(CustomerEvent.Registered.class)).isTrue();
        assertThat(events.scan(LogQuery.category("customer").types(CustomerEvent.Registered.class)))
                .extracting(RecordedEvent::id)
                .containsExactly(created.id());
        assertThat(events.append(CUSTOMER, any(), NewEvent.of(new CustomerEvent.Registered("bo")))
                        .last()
                        .type())
                .isEqualTo("customer-registered");
    }

    @Test
    void an_event_that_is_split_is_read_as_its_parts() {
        RecordedEvent both = append("customer-changed", "{\"street\": \"main st\", \"name\": \"bo\"}");
        CustomerEvent moved = new CustomerEvent.Moved("main st");
        CustomerEvent renamed = new CustomerEvent.Renamed("bo");

        assertThat(both.asList(CustomerEvent.class)).containsExactly(moved, renamed);
        assertThat(both.as(CustomerEvent.Renamed.class)).isEqualTo(renamed);
        assertThat(both.is(CustomerEvent.Moved.class)).isTrue();
        assertThat(events.read(CUSTOMER).as(CustomerEvent.class)).containsExactly(moved, renamed);
        assertThatThrownBy(() -> both.as(CustomerEvent.class))
                .isInstanceOf(EventBindingException.class)
                .hasMessageContaining("upcasters turn it into 2 events");
    }

    @Test
    void an_event_that_is_dropped_is_read_as_none() {
        append("customer-viewed", "{}");
        append("customer-moved", "{\"street\": \"main st\"}");

        assertThat(events.read(CUSTOMER).as(CustomerEvent.class)).containsExactly(new CustomerEvent.Moved("main st"));
    }

    @Test
    void an_upcaster_that_fails_is_named_by_the_event_and_quotes_nothing() {
        RecordedEvent odd = append("credit-given", "[\"secret-canary\"]");

        assertThatThrownBy(() -> odd.as(CustomerEvent.class))
                .isInstanceOf(EventBindingException.class)
                .hasMessageContaining("credit-given customer/1 v1")
                .hasMessageContaining("upcasting it from version 1 failed")
                .satisfies(e -> assertThat(e.getCause().toString()).doesNotContain("secret-canary"));
    }
}
