package org.meowmx.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that repeat one step each. */
final class Crew {

    private final List<Runnable> steps;
    private long done;

    /** One thread for each of the steps. */
    Crew(List<Runnable> steps) {
        this.steps = steps;
    }

    /** Runs the steps for a time, and returns the number of steps per second. */
    double perSecond(Duration time) {
        long began = System.nanoTime();
        long deadline = began + time.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(steps.size());
        try {
            List<Future<Long>> parts = new ArrayList<>();
            steps.forEach(step -> parts.add(threads.submit(() -> repeat(step, deadline))));
            long count = 0;
            for (Future<Long> part : parts) {
                count += part.get();
            }
            done += count;
            return count / ((System.nanoTime() - began) / 1e9);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long repeat(Runnable step, long deadline) {
        long count = 0;
        while (System.nanoTime() < deadline) {
            step.run();
            count++;
        }
        return count;
    }

    /** The total number of steps. */
    long done() {
        return done;
    }
}
