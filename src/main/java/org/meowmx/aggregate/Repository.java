package org.meowmx.aggregate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.meowmx.Required;
import org.meowmx.StreamId;

/**
 * The states of the streams of one category: it loads a state by folding the stream's events, and changes it by
 * appending events. It passes the expected version of each append itself.
 *
 * <p>Every method joins the caller's transaction like {@link org.meowmx.EventStore}. Create a repository with
 * {@link Repositories}.
 *
 * @param <C> the class of the commands
 * @param <S> the class of the state
 * @param <E> the class of the events
 */
public interface Repository<C, S, E> {

    /** The stream with an id in this repository's category. */
    StreamId stream(String id);

    /**
     * The current state, with events that the caller's own transaction has appended. For an unknown stream it is the
     * initial state at version 0.
     *
     * @throws IllegalArgumentException if the stream belongs to another category
     */
    Versioned<S> load(StreamId stream);

    /**
     * The state at a version; if the stream is shorter, its last state.
     *
     * @param version 0 or greater
     * @throws IllegalArgumentException if the version is negative, or the stream belongs to another category
     */
    Versioned<S> at(StreamId stream, long version);

    /**
     * The state at a time: after the longest prefix of the stream in which no event was recorded later.
     *
     * @throws IllegalArgumentException if the stream belongs to another category
     */
    Versioned<S> asOf(StreamId stream, Instant time);

    /**
     * The difference between two states of the same stream.
     *
     * @throws IllegalArgumentException if the states belong to different streams, or {@code before} is the later one
     */
    Difference<S> difference(Versioned<S> before, Versioned<S> after);

    /**
     * Appends events that were decided on a loaded state.
     *
     * <p>If the context has an idempotency key, and the events of this key are stored already, nothing is appended, and the
     * result is the current state.
     *
     * @param loaded the state, as it was loaded
     * @param events the events; an empty list changes nothing
     * @param context the metadata of the events, and the key that gives them their ids
     * @return the state after the events
     * @throws org.meowmx.WrongExpectedVersionException if the stream has changed since it was loaded. Load and decide
     *     again, preferably with {@link org.meowmx.retry.RetriedOnConflict}
     * @throws org.meowmx.EventIdConflictException if the key was used for other events
     */
    Versioned<S> save(Versioned<S> loaded, List<E> events, CommandContext context);

    /**
     * Loads the state, decides on a command and saves the resulting events.
     *
     * <p>If the context has an idempotency key, and the events of this key are in the stream already, the command was handled
     * before: it is not decided again, and the result is the current state.
     *
     * @param context the metadata of the events, and the key that gives them their ids
     * @return the state after the command
     * @throws org.meowmx.WrongExpectedVersionException as for {@link #save(Versioned, List, CommandContext)}
     */
    Versioned<S> update(StreamId stream, C command, CommandContext context);

    /** See {@link #save(Versioned, List, CommandContext)}; without metadata and without a key. */
    default Versioned<S> save(Versioned<S> loaded, List<E> events) {
        return save(loaded, events, CommandContext.none());
    }

    /** See {@link #update(StreamId, Object, CommandContext)}; without metadata and without a key. */
    default Versioned<S> update(StreamId stream, C command) {
        return update(stream, command, CommandContext.none());
    }

    /** See {@link #load(StreamId)}. */
    default Versioned<S> load(String id) {
        return load(stream(id));
    }

    /** See {@link #load(StreamId)}. */
    default Versioned<S> load(UUID id) {
        return load(stream(Required.present("id", id).toString()));
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
        return update(stream(Required.present("id", id).toString()), command);
    }

    /** See {@link #update(StreamId, Object)}. */
    default Versioned<S> update(long id, C command) {
        return update(stream(Long.toString(id)), command);
    }

    /** See {@link #update(StreamId, Object, CommandContext)}. */
    default Versioned<S> update(String id, C command, CommandContext context) {
        return update(stream(id), command, context);
    }

    /** See {@link #update(StreamId, Object, CommandContext)}. */
    default Versioned<S> update(UUID id, C command, CommandContext context) {
        return update(stream(Required.present("id", id).toString()), command, context);
    }

    /** See {@link #update(StreamId, Object, CommandContext)}. */
    default Versioned<S> update(long id, C command, CommandContext context) {
        return update(stream(Long.toString(id)), command, context);
    }
}
