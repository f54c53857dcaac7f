package org.meowmx;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The producer of the default {@link StoreClock}: the system clock in UTC. */
@Dependent
class SystemClock {

    @Produces
    @StoreClock
    static Clock clock() {
        return Clock.systemUTC();
    }
}
