package org.meowmx.aggregate;

import java.time.Duration;
import java.util.function.Function;
import org.meowmx.Required;

/**
 * The settings of a repository's snapshots: the form in which a state is stored, and when a snapshot is taken. With a
 * snapshot, loading does not read a long stream from its beginning.
 *
 * <p>Snapshots are taken in the background, after a load that was expensive, and never change the loaded state. Within
 * a category, each record class belongs to one decider: two deciders of the same category need different record
 * classes.
 *
 * @param type the class of the stored record
 * @param keep converts a state into the record
 * @param restore converts the record into a state
 * @param schemaVersion the version of the meaning of the fields, 1 or greater
 * @param due the condition under which a snapshot is taken
 * @param <S> the class of the state
 * @param <R> the class of the record
 */
public record Snapshots<S, R extends Record>(
        Class<R> type, Function<S, R> keep, Function<R, S> restore, int schemaVersion, Due due) {

    private static final int EVENTS = 100;

    /**
     * Creates the settings.
     *
     * @throws IllegalArgumentException if the schema version is below 1
     */
    public Snapshots {
        Required.present("type", type);
        Required.present("keep", keep);
        Required.present("restore", restore);
        Required.present("due", due);
        if (schemaVersion < 1) {
            throw new IllegalArgumentException("schemaVersion must be 1 or greater, was " + schemaVersion);
        }
    }

    /** Snapshots of a state that is itself a record. By default one is taken after a load that folded 100 events. */
    public static <R extends Record> Snapshots<R, R> of(Class<R> state) {
        return of(state, Function.identity(), Function.identity());
    }

    /**
     * Snapshots of any other state, as a record with the same content. By default one is taken after a load that folded
     * 100 events.
     *
     * @param type the class of the record
     * @param keep converts a state into the record
     * @param restore converts the record into a state
     */
    public static <S, R extends Record> Snapshots<S, R> of(Class<R> type, Function<S, R> keep, Function<R, S> restore) {
        return new Snapshots<>(type, keep, restore, 1, new Due.AfterEvents(EVENTS));
    }

    /**
     * Takes a snapshot after a load that folded at least this number of events.
     *
     * @param events 1 or greater
     * @throws IllegalArgumentException if the number is below 1
     */
    public Snapshots<S, R> everyEvents(int events) {
        return new Snapshots<>(type, keep, restore, schemaVersion, new Due.AfterEvents(events));
    }

    /** Takes a snapshot after a load that took at least this time and folded at least one event. */
    public Snapshots<S, R> whenLoadingTakes(Duration time) {
        return new Snapshots<>(type, keep, restore, schemaVersion, new Due.AfterTime(time));
    }

    /**
     * Sets the version of the meaning of the fields. Raise it if {@link Decider#evolve} or an upcaster now leads to
     * different states; earlier snapshots are then ignored.
     *
     * <p>A change of the record's components is detected automatically.
     *
     * @param version 1 or greater
     * @throws IllegalArgumentException if the version is below 1
     */
    public Snapshots<S, R> schemaVersion(int version) {
        return new Snapshots<>(type, keep, restore, version, due);
    }

    /** The key under which snapshots of this form are stored. */
    String kind() {
        return "%s v%s %s".formatted(type.getName(), schemaVersion, Shape.fingerprint(type));
    }

    /** The condition under which a snapshot is taken. */
    public sealed interface Due {

        /**
         * Whether a load was expensive enough for a snapshot.
         *
         * @param events the number of events that it folded, after those in a snapshot
         * @param time the duration of the load
         */
        boolean isAfter(long events, Duration time);

        /**
         * The condition of {@link Snapshots#everyEvents}.
         *
         * @param events 1 or greater
         */
        record AfterEvents(int events) implements Due {

            public AfterEvents {
                if (events < 1) {
                    throw new IllegalArgumentException("events must be 1 or greater, was " + events);
                }
            }

            @Override
            public boolean isAfter(long folded, Duration time) {
                return folded >= events;
            }
        }

        /** The condition of {@link Snapshots#whenLoadingTakes}. */
        record AfterTime(Duration limit) implements Due {

            public AfterTime {
                Required.present("time", limit);
            }

            @Override
            public boolean isAfter(long folded, Duration time) {
                return folded > 0 && time.compareTo(limit) >= 0;
            }
        }
    }
}
