package org.meowmx.faults;

import org.meowmx.server.Engine;
import org.meowmx.server.ExistingDatabase;

/** A node of a cluster as a process: the engine with subscriptions that keep the ledger, until standard input ends. */
final class NodeMain {

    private NodeMain() {}

    /**
     * Runs until its parent closes its standard input.
     *
     * @param arguments URL, user and password of the database
     */
    public static void main(String[] arguments) throws Exception {
        ExistingDatabase database = new ExistingDatabase(arguments[0], arguments[1], arguments[2]);
        try (Engine engine = Engine.start(database, Readers.class, Ledger.class, OutsideFile.class, Breakpoint.class)) {
            while (System.in.read() >= 0) {
                // waits until the parent closes the input
            }
        }
    }
}
