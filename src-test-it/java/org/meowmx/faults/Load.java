package org.meowmx.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.meowmx.EventStore;
import org.meowmx.anomalies.Attempt;

/** Writers that write until they are stopped. */
final class Load implements AutoCloseable {

    private final List<Writer> writers = new ArrayList<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean stopped;

    /** Starts writers that share a number of streams. */
    Load(EventStore events, long seed, int writers, int streams) {
        for (int i = 0; i < writers; i++) {
            Random random = new Random(seed + i);
            Writer writer = new Writer(events, i, random);
            this.writers.add(writer);
            running.add(threads.submit(() -> writer.run(new Intents(random, streams), () -> stopped)));
        }
    }

    /** Stops the writers. They first determine the results of their last appends. */
    List<Attempt> stop() throws Exception {
        stopped = true;
        for (Future<?> one : running) {
            one.get(60, TimeUnit.SECONDS);
        }
        return writers.stream().flatMap(writer -> writer.attempts().stream()).toList();
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }
}
