package org.meowmx.bench;

import java.io.IOException;

/** One workload: a row in the table of results. */
interface Workload {

    /** The short name by which it is selected. */
    String name();

    /** Measures in a schema of its own. */
    Outcome run(Lab lab) throws IOException;
}
