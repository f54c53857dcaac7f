package org.meowmx.faults;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A place in a handler at which a process stops, so that it can be killed there. When it stops, it creates a file. System properties
 * define the place; most processes have none.
 */
@ApplicationScoped
class Breakpoint {

    /** The system property with the place. */
    static final String PLACE = "meowmx.faults.breakpoint";

    /** The system property with the number of the pass at which the process stops. */
    static final String PASSING = "meowmx.faults.breakpoint.passing";

    /** The system property with the path of the file. */
    static final String FILE = "meowmx.faults.breakpoint.file";

    private static final Object REGISTERED = Breakpoint.class;

    private final String place = System.getProperty(PLACE, "");
    private final AtomicInteger passings = new AtomicInteger(Integer.getInteger(PASSING, 0));

    enum Place {
        /** At the beginning of the handler. */
        HANDLER,
        /** After an effect that no transaction rolls back. */
        OUTSIDE_EFFECT,
        /** After all work, before the commit. */
        COMMIT
    }

    void reached(Place reached) {
        if (reached.name().equals(place) && passings.decrementAndGet() == 0) {
            stop();
        }
    }

    /** Counts the commit of this transaction. */
    void beforeCommit(TransactionSynchronizationRegistry transaction) {
        if (Place.COMMIT.name().equals(place) && transaction.getResource(REGISTERED) == null) {
            transaction.putResource(REGISTERED, true);
            transaction.registerInterposedSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {
                    reached(Place.COMMIT);
                }

                @Override
                public void afterCompletion(int status) {}
            });
        }
    }

    private static void stop() {
        try {
            Files.createFile(Path.of(System.getProperty(FILE)));
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
