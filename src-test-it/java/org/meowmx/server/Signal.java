package org.meowmx.server;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What the operating system tells a process. */
public enum Signal {
    /** It ends at once. */
    KILL,
    /** PostgreSQL rolls back what is open, writes a checkpoint, and ends. */
    INT,
    /** PostgreSQL ends without a checkpoint and without waiting for anybody. */
    QUIT,
    /** It stops where it stands, as a long garbage collection or a sleeping virtual machine would. */
    STOP,
    /** It goes on. */
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
