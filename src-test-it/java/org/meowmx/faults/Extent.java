package org.meowmx.faults;

import java.time.Duration;

/** How often or how long a test under a fault does something: as the gate has time for, or a multiple of it. */
final class Extent {

    private static final int FACTOR = Integer.getInteger("meowmx.faults.factor", 1);

    private Extent() {}

    static int of(int inTheGate) {
        return inTheGate * FACTOR;
    }

    static Duration of(Duration inTheGate) {
        return inTheGate.multipliedBy(FACTOR);
    }
}
