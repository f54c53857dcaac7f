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
 * The clock of the store in a {@link MeowmxTest}. Inject it to move the time.
 *
 * <p>It follows the system clock until it is first moved. Then it stops.
 */
@Singleton
@Alternative
@Priority(1)
@Typed(TestClock.class)
public class TestClock extends Clock {

    private volatile Clock current = Clock.systemUTC();

    /** Moves the clock by this duration, which may be negative. */
    public synchronized void advance(Duration time) {
        current = Clock.fixed(current.instant().plus(time), ZoneOffset.UTC);
    }

    /** Sets the clock to this time. */
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

    /** A clock with the current time of this one in another zone. It does not follow later moves. */
    @Override
    public Clock withZone(ZoneId zone) {
        return current.withZone(zone);
    }
}
