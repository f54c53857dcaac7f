package org.meowmx.testkit;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meowmx.aggregate.Decider;
import org.opentest4j.AssertionFailedError;

/**
 * Given, when, then for deciders and aggregates, without a container:
 * {@code given(ORDER, new Placed("ann", total)).when(new Ship(now)).then(new Shipped(now))}.
 */
public final class Scenario {

    private Scenario() {}

    /** A thing with a history; none for one that has not begun. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <C, S, E> Given<C, S, E> given(Decider<C, S, E> decider, E... history) {
        return new Given<>(decider, List.of(history));
    }

    /** What has happened before. */
    public record Given<C, S, E>(Decider<C, S, E> decider, List<E> history) {

        /** Decides on a command. */
        public Outcome<C, S, E> when(C command) {
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
     * What came of a command.
     *
     * @param events what was decided
     * @param state the state after that
     * @param refusal what was thrown; null when nothing was
     */
    public record Outcome<C, S, E>(
            Given<C, S, E> given,
            C command,
            List<E> events,
            S state,
            @Nullable RuntimeException refusal) {

        /** These events were decided, in this order. */
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final Outcome<C, S, E> then(E... expected) {
            if (refusal != null || !events.equals(List.of(expected))) {
                throw failure(List.of(expected), events);
            }
            return this;
        }

        /** The command was accepted, and led to nothing. */
        public Outcome<C, S, E> thenNothing() {
            return then();
        }

        /** This is the state after it. */
        public Outcome<C, S, E> thenState(S expected) {
            if (refusal != null || !state.equals(expected)) {
                throw failure(expected, state);
            }
            return this;
        }

        /** The command was refused. */
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

        /** A command that is a lambda has no name of its own. */
        private static String text(Object command) {
            return command.getClass().isSynthetic() || command.getClass().isHidden()
                    ? "a call of the aggregate"
                    : command.toString();
        }
    }
}
