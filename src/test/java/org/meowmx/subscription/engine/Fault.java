package org.meowmx.subscription.engine;

/**
 * What goes wrong with the database while a command runs: at its nth statement or commit a connection breaks.
 *
 * @param step counted from 1
 * @param kind what breaks
 */
record Fault(int step, Kind kind) {

    /** What breaks. */
    enum Kind {
        /** All connections, from there on: the process is killed. */
        KILLED(true, false),
        /** All connections, and a commit at that step has come through. */
        KILLED_AFTER_COMMIT(true, true),
        /** This connection; the process goes on with others. */
        CUT_OFF(false, false),
        /** This connection, and a commit at that step has come through: its reply is lost. */
        REPLY_LOST(false, true);

        private final boolean ends;
        private final boolean commits;

        Kind(boolean ends, boolean commits) {
            this.ends = ends;
            this.commits = commits;
        }

        /** Whether the process does nothing any more. */
        boolean endsTheProcess() {
            return ends;
        }

        boolean commitsBefore() {
            return commits;
        }
    }
}
