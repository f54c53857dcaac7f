package org.meowmx.bench;

import java.io.IOException;

/** One row of what was promised to be fast. */
interface Workload {

    /** A short name, to choose it by. */
    String name();

    /** Measures in a schema of its own. */
    Outcome run(Lab lab) throws IOException;
}
