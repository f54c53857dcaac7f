package org.meowmx.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.testkit.InMemoryEventStore;

class OperatorActionTest {

    private final EventStore events = new InMemoryEventStore();
    private final OperatorAction action =
            new OperatorAction(new Audit(events), "subscription-tested", "list", new Operator());

    private record Operator() implements SecurityContext {

        @Override
        public Principal getUserPrincipal() {
            return () -> "ann";
        }

        @Override
        public boolean isUserInRole(String role) {
            return true;
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public String getAuthenticationScheme() {
            return BASIC_AUTH;
        }
    }

    private List<String> audited() {
        return events.read(StreamId.of("meowmx-operation", "list")).events().stream()
                .map(RecordedEvent::data)
                .toList();
    }

    @Test
    void a_change_is_recorded_with_its_operator_and_facts() {
        action.with(json -> json.writeNumberField("segments", 4)).run(() -> {});

        assertThat(audited()).containsExactly("{\"operator\":\"ann\",\"segments\":4}");
    }

    @Test
    void a_number_of_events_is_recorded_and_returned() {
        assertThat(action.count("discarded", () -> 7)).isEqualTo(7);

        assertThat(audited()).containsExactly("{\"operator\":\"ann\",\"discarded\":7}");
    }

    @Test
    void a_change_that_throws_is_not_recorded() {
        assertThatThrownBy(() -> action.run(() -> {
                    throw new SubscriptionConflictException("list", "is running");
                }))
                .isInstanceOf(SubscriptionConflictException.class);

        assertThat(audited()).isEmpty();
    }

    @Test
    void a_failure_of_a_handler_is_recorded_and_answered_as_a_problem() {
        assertThatThrownBy(() -> action.callHandlers("handled", () -> {
                    throw new IllegalArgumentException("order 7", new IllegalStateException("no credit"));
                }))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).isEqualTo(ProblemType.HANDLER_FAILED))
                .hasMessage(
                        "java.lang.IllegalStateException: no credit (wrapped in java.lang.IllegalArgumentException: order 7)");

        assertThat(audited())
                .containsExactly(
                        "{\"operator\":\"ann\",\"failed\":true,\"failure\":\"java.lang.IllegalStateException: no credit (wrapped in java.lang.IllegalArgumentException: order 7)\"}");
    }

    @Test
    void a_database_that_is_away_is_not_blamed_on_the_handler() {
        IllegalStateException away = new IllegalStateException(new SQLException("secret", "08006"));

        assertThatThrownBy(() -> action.callHandlers("handled", () -> {
                    throw away;
                }))
                .isSameAs(away);

        assertThat(audited())
                .singleElement()
                .asString()
                .contains("\"failed\":true")
                .doesNotContain("secret");
    }

    static List<RuntimeException> refusals() {
        return List.of(
                new SubscriptionBusyException("list"),
                new SubscriptionConflictException("list", "reads another filter"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void an_action_that_is_interrupted_by_others_is_recorded(RuntimeException refusal) {
        assertThatThrownBy(() -> action.callHandlers("handled", () -> {
                    throw refusal;
                }))
                .isSameAs(refusal);

        assertThat(audited()).singleElement().asString().contains("\"failed\":true", refusal.getMessage());
    }

    @Test
    void nothing_is_recorded_of_a_subscription_that_does_not_exist() {
        assertThatThrownBy(() -> action.callHandlers("handled", () -> {
                    throw new UnknownSubscriptionException("list");
                }))
                .isInstanceOf(UnknownSubscriptionException.class);

        assertThat(audited()).isEmpty();
    }
}
