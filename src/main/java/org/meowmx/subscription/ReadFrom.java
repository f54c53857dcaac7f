package org.meowmx.subscription;

import java.time.Instant;
import org.meowmx.Required;
import org.meowmx.Times;

/** The place in the log from which a subscription reads. */
public sealed interface ReadFrom {

    /** From the first event of the log. This is the default for a new subscription. */
    static ReadFrom beginning() {
        return new After(0);
    }

    /** From the high-water mark: only events that are not yet decided are delivered. */
    static ReadFrom now() {
        return Now.INSTANCE;
    }

    /**
     * From the first event after a position. A position above the high-water mark is lowered to the mark.
     *
     * @param position 0 or greater
     * @throws IllegalArgumentException if the position is negative
     */
    static ReadFrom after(long position) {
        return new After(position);
    }

    /**
     * From the first event, in the order of the log, that was recorded at or after this time. Later events of the log
     * are delivered whatever their time.
     *
     * <p>The event is searched by halving the log, as if times ascended with positions. Appended events do. If the times
     * of imported events do not, the place is approximate: an event of that time may be before it. In that case, use a position.
     */
    static ReadFrom time(Instant time) {
        return new Time(time);
    }

    /** The value of {@link #now()}. */
    enum Now implements ReadFrom {
        INSTANCE
    }

    /**
     * The value of {@link #after(long)}.
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

    /**
     * The value of {@link #time(Instant)}.
     *
     * @param time rounded up to microseconds
     */
    record Time(Instant time) implements ReadFrom {

        public Time {
            time = Times.atOrAfter(Required.present("time", time));
        }
    }
}
