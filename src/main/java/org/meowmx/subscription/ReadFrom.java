package org.meowmx.subscription;

import java.time.Instant;
import org.meowmx.Times;

/** Where a subscription begins, or goes on, to read the log. */
public sealed interface ReadFrom {

    /** With the first event of the log; what a new subscription does unless told otherwise. */
    static ReadFrom beginning() {
        return new After(0);
    }

    /** With the first event that is not decided yet. */
    static ReadFrom now() {
        return Now.INSTANCE;
    }

    /**
     * With the first event behind a position.
     *
     * @throws IllegalArgumentException when the position is negative
     */
    static ReadFrom after(long position) {
        return new After(position);
    }

    /** With the first event, in the order of the log, that was recorded at this time or later. */
    static ReadFrom time(Instant time) {
        return new Time(time);
    }

    /** See {@link #now()}. */
    enum Now implements ReadFrom {
        INSTANCE
    }

    /**
     * See {@link #after(long)}.
     *
     * @param position 0 or greater
     */
    record After(long position) implements ReadFrom {

        public After {
            if (position < 0) {
                throw new IllegalArgumentException("position must be 0 or greater, was " + position);
            }
        }
    }

    /** See {@link #time(Instant)}. */
    record Time(Instant time) implements ReadFrom {

        public Time {
            time = Times.atOrAfter(time);
        }
    }
}
