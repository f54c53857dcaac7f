package org.meowmx.aggregate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.meowmx.StreamId;
import org.meowmx.retry.RetriedOnConflict;

/**
 * The things of one category: loaded by folding their events, changed by appending more. Versions are expected and checked
 * without being asked for. Joins the caller's transaction like {@link org.meowmx.EventStore}; make one with
 * {@link Repositories}.
 *
 * @param <C> the commands
 * @param <S> the state
 * @param <E> the events
 */
public interface Repository<C, S, E> {

    /** The stream of an id in this repository's category. */
    StreamId stream(String id);

    /**
     * The state now, with the caller's own uncommitted events; for an unknown stream the initial state at version 0.
     *
     * @throws IllegalArgumentException when the stream is of another category
     */
    Versioned<S> load(StreamId stream);

    /**
     * The state at a version, or the last one where the stream is shorter.
     *
     * @param version 0 or greater
     */
    Versioned<S> at(StreamId stream, long version);

    /** The state after the longest beginning of the stream that holds no event recorded later. */
    Versioned<S> asOf(StreamId stream, Instant time);

    /**
     * How one state became another of the same stream.
     *
     * @throws IllegalArgumentException when they are of different streams, or the first is the later one
     */
    Difference<S> difference(Versioned<S> before, Versioned<S> after);

    /**
     * Appends events that were decided on a loaded state.
     *
     * @param events none changes nothing
     * @return the state after them
     * @throws org.meowmx.WrongExpectedVersionException when the stream has moved on since it was loaded: load and decide
     *     again, best with {@link RetriedOnConflict}
     */
    Versioned<S> save(Versioned<S> loaded, List<E> events);

    /**
     * Loads, decides and saves.
     *
     * @return the state after the command
     * @throws org.meowmx.WrongExpectedVersionException as for {@link #save}
     */
    Versioned<S> update(StreamId stream, C command);

    /** See {@link #load(StreamId)}. */
    default Versioned<S> load(String id) {
        return load(stream(id));
    }

    /** See {@link #load(StreamId)}. */
    default Versioned<S> load(UUID id) {
        return load(stream(id.toString()));
    }

    /** See {@link #load(StreamId)}. */
    default Versioned<S> load(long id) {
        return load(stream(Long.toString(id)));
    }

    /** See {@link #update(StreamId, Object)}. */
    default Versioned<S> update(String id, C command) {
        return update(stream(id), command);
    }

    /** See {@link #update(StreamId, Object)}. */
    default Versioned<S> update(UUID id, C command) {
        return update(stream(id.toString()), command);
    }

    /** See {@link #update(StreamId, Object)}. */
    default Versioned<S> update(long id, C command) {
        return update(stream(Long.toString(id)), command);
    }
}
