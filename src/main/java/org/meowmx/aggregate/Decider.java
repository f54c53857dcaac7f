package org.meowmx.aggregate;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How one kind of thing behaves: a state that is folded from its events, and a decision on what a command leads to. Pure
 * functions: the same in a test as in the application.
 *
 * @param <C> the commands
 * @param <S> the state, best a record
 * @param <E> the events, best a sealed family
 */
public interface Decider<C, S, E> {

    /** The state before any event. */
    S initial();

    /**
     * What comes of a command.
     *
     * @return the events, none when there is nothing to do
     * @throws RuntimeException when the command is refused
     */
    List<E> decide(C command, S state);

    /** The state after an event. Must not refuse: what happened has happened. */
    S evolve(S state, E event);

    /** A decider of two functions. */
    static <C, S, E> Decider<C, S, E> of(S initial, BiFunction<C, S, List<E>> decide, BiFunction<S, E, S> evolve) {
        return new OfFunctions<>(initial, decide, evolve);
    }

    /** A decider of an object with behaviour: a command is a call of one of its methods. */
    static <A extends Aggregate<E>, E> Decider<Consumer<A>, A, E> aggregate(Supplier<A> fresh) {
        return new OfAggregate<>(fresh);
    }

    /** See {@link #of}. */
    record OfFunctions<C, S, E>(S initial, BiFunction<C, S, List<E>> deciding, BiFunction<S, E, S> evolving)
            implements Decider<C, S, E> {

        @Override
        public List<E> decide(C command, S state) {
            return deciding.apply(command, state);
        }

        @Override
        public S evolve(S state, E event) {
            return evolving.apply(state, event);
        }
    }

    /** See {@link #aggregate}. */
    record OfAggregate<A extends Aggregate<E>, E>(Supplier<A> fresh) implements Decider<Consumer<A>, A, E> {

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
