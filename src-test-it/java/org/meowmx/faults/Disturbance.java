package org.meowmx.faults;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A fault that occurs repeatedly, at random times. */
interface Disturbance {

    void strike() throws Exception;

    /**
     * Causes the fault repeatedly in the calling thread until the time is over.
     *
     * @param pause the longest pause between two faults
     */
    static void during(Duration time, Duration pause, Random random, Disturbance disturbance) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            disturbance.strike();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt((int) pause.toMillis())));
        }
    }
}
