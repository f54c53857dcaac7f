package org.meowmx.faults;

import java.time.Duration;

/** The extent of a test under a fault: the one of the regular build, or a multiple of it. */
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
