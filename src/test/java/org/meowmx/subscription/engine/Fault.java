package org.meowmx.subscription.engine;

/**
 * A fault of the database while a command runs: a connection breaks at its nth statement or commit.
 *
 * @param step counted from 1
 * @param kind the kind of fault
 */
record Fault(int step, Kind kind) {

    /** The kind of fault. */
    enum Kind {
        /** All connections break from then on, because the process is killed. */
        KILLED(true, false),
        /** All connections break, after a commit at that step has succeeded. */
        KILLED_AFTER_COMMIT(true, true),
        /** This connection breaks. The process continues with others. */
        CUT_OFF(false, false),
        /** This connection breaks after a commit at that step has succeeded: its reply is lost. */
        REPLY_LOST(false, true);

        private final boolean ends;
        private final boolean commits;

        Kind(boolean ends, boolean commits) {
            this.ends = ends;
            this.commits = commits;
        }

        /** Whether the process has ended. */
        boolean endsTheProcess() {
            return ends;
        }

        boolean commitsBefore() {
            return commits;
        }
    }
}
