package org.meowmx.faults;

/** Where random choices begin. */
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
