package org.meowmx.testkit;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.meowmx.StoreClock;

/**
 * The clock that the store goes by in a {@link MeowmxTest}; inject it to move the time.
 *
 * <p>It goes with the system's clock until it is first moved, and stands still from then on.
 */
@Singleton
@Alternative
@Priority(1)
@Typed(TestClock.class)
public class TestClock extends Clock {

    private volatile Clock current = Clock.systemUTC();

    /** Goes on by this time, which may be negative. */
    public synchronized void advance(Duration time) {
        current = Clock.fixed(current.instant().plus(time), ZoneOffset.UTC);
    }

    /** Is now at this time. */
    public synchronized void set(Instant time) {
        current = Clock.fixed(time, ZoneOffset.UTC);
    }

    @Produces
    @StoreClock
    Clock clock() {
        return this;
    }

    @Override
    public Instant instant() {
        return current.instant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The time of this moment in another zone; is not moved with this clock. */
    @Override
    public Clock withZone(ZoneId zone) {
        return current.withZone(zone);
    }
}
