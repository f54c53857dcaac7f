package org.meowmx.server;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The signals that a test sends to a process. */
public enum Signal {
    /** The process ends at once. */
    KILL,
    /** PostgreSQL rolls back open transactions, writes a checkpoint, and ends. */
    INT,
    /** PostgreSQL ends at once, without a checkpoint. */
    QUIT,
    /** The process is frozen, as by a long garbage collection or a suspended virtual machine. */
    STOP,
    /** The frozen process continues. */
    CONT;

    public void send(long process) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name(), Long.toString(process))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name() + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
