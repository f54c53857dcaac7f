package org.meowmx.aggregate;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.meowmx.Required;

/**
 * The behaviour of one kind of thing, as pure functions: {@code evolve} computes the state from events, and
 * {@code decide} computes new events from a command and the state. It behaves the same in a test as in the application.
 * The decider of an {@link Aggregate} is the exception: it works on a mutable instance.
 *
 * @param <C> the class of the commands
 * @param <S> the class of the state, preferably a record
 * @param <E> the class of the events, preferably a sealed interface
 */
public interface Decider<C, S, E> {

    /** The state before the first event. */
    S initial();

    /**
     * Decides on a command.
     *
     * @return the resulting events; empty if there is nothing to do
     * @throws RuntimeException if the command is rejected
     */
    List<E> decide(C command, S state);

    /** The state after an event. It must not reject the event, because the event has already happened. */
    S evolve(S state, E event);

    /**
     * A decider that consists of two functions.
     *
     * @param initial the state before the first event
     * @param decide see {@link #decide}
     * @param evolve see {@link #evolve}
     */
    static <C, S, E> Decider<C, S, E> of(S initial, BiFunction<C, S, List<E>> decide, BiFunction<S, E, S> evolve) {
        return new OfFunctions<>(initial, decide, evolve);
    }

    /**
     * A decider for aggregates: a command is a call of one of the aggregate's methods.
     *
     * @param fresh creates an aggregate without history
     */
    static <A extends Aggregate<E>, E> Decider<Consumer<A>, A, E> aggregate(Supplier<A> fresh) {
        return new OfAggregate<>(fresh);
    }

    /** The decider of {@link #of}. */
    record OfFunctions<C, S, E>(S initial, BiFunction<C, S, List<E>> deciding, BiFunction<S, E, S> evolving)
            implements Decider<C, S, E> {

        public OfFunctions {
            Required.present("initial", initial);
            Required.present("decide", deciding);
            Required.present("evolve", evolving);
        }

        @Override
        public List<E> decide(C command, S state) {
            return deciding.apply(command, state);
        }

        @Override
        public S evolve(S state, E event) {
            return evolving.apply(state, event);
        }
    }

    /** The decider of {@link #aggregate}. */
    record OfAggregate<A extends Aggregate<E>, E>(Supplier<A> fresh) implements Decider<Consumer<A>, A, E> {

        public OfAggregate {
            Required.present("fresh", fresh);
        }

        @Override
        public A initial() {
            return fresh.get();
        }

        @Override
        public List<E> decide(Consumer<A> command, A state) {
            command.accept(state);
            return state.pending();
        }

        @Override
        public A evolve(A state, E event) {
            state.happened(event);
            return state;
        }
    }
}
