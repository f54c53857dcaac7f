package org.meowmx.testkit;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meowmx.Required;
import org.meowmx.aggregate.Decider;
import org.opentest4j.AssertionFailedError;

/**
 * Given/when/then tests for deciders and aggregates, without a container:
 * {@code given(ORDER, new Placed("ann", total)).when(new Ship(now)).then(new Shipped(now))}.
 */
public final class Scenario {

    private Scenario() {}

    /**
     * Starts a scenario.
     *
     * @param decider the behaviour under test
     * @param history the events that have happened before; none for a new thing
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <C, S, E> Given<C, S, E> given(Decider<C, S, E> decider, E... history) {
        return new Given<>(decider, List.of(Required.elements("history", history)));
    }

    /**
     * The history of a scenario.
     *
     * @param decider the behaviour under test
     * @param history the events that have happened before
     */
    public record Given<C, S, E>(Decider<C, S, E> decider, List<E> history) {

        public Given {
            Required.present("decider", decider);
            history = List.copyOf(Required.elements("history", history));
        }

        /** Decides on a command. */
        public Outcome<C, S, E> when(C command) {
            Required.present("command", command);
            S state = evolved(decider.initial(), history);
            try {
                List<E> decided = List.copyOf(decider.decide(command, state));
                return new Outcome<>(this, command, decided, evolved(state, decided), null);
            } catch (RuntimeException e) {
                return new Outcome<>(this, command, List.of(), state, e);
            }
        }

        private S evolved(S state, List<E> events) {
            S after = state;
            for (E event : events) {
                after = decider.evolve(after, event);
            }
            return after;
        }
    }

    /**
     * The result of a command.
     *
     * @param given the history
     * @param command the command
     * @param events the events that were decided; empty if the command was rejected
     * @param state the state after these events
     * @param refusal the exception that rejected the command; null if it was accepted
     */
    public record Outcome<C, S, E>(
            Given<C, S, E> given,
            C command,
            List<E> events,
            S state,
            @Nullable RuntimeException refusal) {

        /** Asserts that exactly these events were decided, in this order. */
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final Outcome<C, S, E> then(E... expected) {
            if (refusal != null || !events.equals(List.of(expected))) {
                throw failure(List.of(expected), events);
            }
            return this;
        }

        /** Asserts that the command was accepted and led to no events. */
        public Outcome<C, S, E> thenNothing() {
            return then();
        }

        /** Asserts that this is the state after the command. */
        public Outcome<C, S, E> thenState(S expected) {
            if (refusal != null || !state.equals(expected)) {
                throw failure(expected, state);
            }
            return this;
        }

        /** Asserts that the command was rejected with an exception of this class. */
        public Outcome<C, S, E> thenRefused(Class<? extends RuntimeException> by) {
            if (!by.isInstance(refusal)) {
                throw failure("refused by " + by.getName(), events);
            }
            return this;
        }

        private AssertionFailedError failure(Object expected, Object accepted) {
            Object actual = refusal == null ? accepted : "refused by " + refusal;
            String message = "%ngiven  %s%nwhen   %s%nthen   expected  %s%n       but was   %s"
                    .formatted(
                            indented(given.history(), "       "),
                            text(command),
                            shown(expected, "                 "),
                            shown(actual, "                 "));
            return new AssertionFailedError(message, shown(expected, ""), shown(actual, ""), refusal);
        }

        private static String shown(Object what, String indent) {
            return what instanceof List<?> list ? indented(list, indent) : what.toString();
        }

        private static String indented(List<?> events, String indent) {
            return events.isEmpty()
                    ? "nothing"
                    : events.stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(System.lineSeparator() + indent));
        }

        /** A command that is a lambda has no readable text. */
        private static String text(Object command) {
            return command.getClass().isSynthetic() || command.getClass().isHidden()
                    ? "a call of the aggregate"
                    : command.toString();
        }
    }
}
