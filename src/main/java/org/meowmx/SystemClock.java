package org.meowmx;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** Has the store go by the system's clock. */
@Dependent
class SystemClock {

    @Produces
    @StoreClock
    static Clock clock() {
        return Clock.systemUTC();
    }
}
