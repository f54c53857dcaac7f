package org.meowmx.aggregate;

import java.time.Duration;
import java.util.function.Function;

/**
 * Which states are kept, so that loading need not read a long stream from its beginning, and when. Snapshots are taken in the
 * background after a load that was expensive, and never change what is loaded. A category has one meaning for each record:
 * two deciders of one category that both keep snapshots need records of their own.
 *
 * @param type the record that is kept
 * @param keep the record of a state
 * @param restore the state of a record
 * @param schemaVersion the version of what the fields mean, 1 or greater
 * @param due when one is to be taken
 */
public record Snapshots<S, R extends Record>(
        Class<R> type, Function<S, R> keep, Function<R, S> restore, int schemaVersion, Due due) {

    private static final int EVENTS = 100;

    /**
     * @throws IllegalArgumentException when the schema version is below 1
     */
    public Snapshots {
        if (schemaVersion < 1) {
            throw new IllegalArgumentException("schemaVersion must be 1 or greater, was " + schemaVersion);
        }
    }

    /** Snapshots of a state that is a record; after 100 events, unless said otherwise. */
    public static <R extends Record> Snapshots<R, R> of(Class<R> state) {
        return of(state, Function.identity(), Function.identity());
    }

    /** Snapshots of any other state, by a record that holds the same; after 100 events, unless said otherwise. */
    public static <S, R extends Record> Snapshots<S, R> of(Class<R> type, Function<S, R> keep, Function<R, S> restore) {
        return new Snapshots<>(type, keep, restore, 1, new Due.AfterEvents(EVENTS));
    }

    /**
     * As soon as a load has had to fold so many events.
     *
     * @param events 1 or greater
     */
    public Snapshots<S, R> everyEvents(int events) {
        return new Snapshots<>(type, keep, restore, schemaVersion, new Due.AfterEvents(events));
    }

    /** As soon as a load has taken so long. */
    public Snapshots<S, R> whenLoadingTakes(Duration time) {
        return new Snapshots<>(type, keep, restore, schemaVersion, new Due.AfterTime(time));
    }

    /**
     * To be raised when {@link Decider#evolve} or an upcaster leads to other states than before; earlier snapshots are then
     * passed over. A change of the record's components is noticed without it.
     */
    public Snapshots<S, R> schemaVersion(int version) {
        return new Snapshots<>(type, keep, restore, version, due);
    }

    /** Under what the snapshots of this kind are stored. */
    String kind() {
        return "%s v%s %s".formatted(type.getName(), schemaVersion, Shape.fingerprint(type));
    }

    /** When a snapshot is to be taken. */
    public sealed interface Due {

        /**
         * Whether a load was so expensive.
         *
         * @param events how many events it folded, beyond a snapshot
         * @param time how long it took
         */
        boolean isAfter(long events, Duration time);

        /** See {@link Snapshots#everyEvents}. */
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

        /** See {@link Snapshots#whenLoadingTakes}. */
        record AfterTime(Duration limit) implements Due {

            @Override
            public boolean isAfter(long folded, Duration time) {
                return folded > 0 && time.compareTo(limit) >= 0;
            }
        }
    }
}
