package org.meowmx.faults;

/** The seed of the random choices. */
final class Seed {

    private static final String KEY = "meowmx.faults.seed";

    private Seed() {}

    /** The seed that the system property gives, or a new one; printed. */
    static long next() {
        long seed = Long.getLong(KEY, System.nanoTime());
        System.out.println("-D" + KEY + "=" + seed);
        return seed;
    }
}
