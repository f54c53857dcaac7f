package org.meowmx;

/**
 * What a writer believes of a stream at the moment it appends: the optimistic lock of event sourcing.
 *
 * <p>When it does not hold, the append fails with {@link WrongExpectedVersionException} and writes nothing.
 */
public sealed interface ExpectedVersion {

    /** Whether a stream at this version (0: it does not exist) satisfies the expectation. */
    boolean isMetBy(long actual);

    /** No expectation: the events go after whatever is there. Never conflicts; concurrent writers wait for each other. */
    static ExpectedVersion any() {
        return Any.INSTANCE;
    }

    /** The stream has no events yet. */
    static ExpectedVersion noStream() {
        return NoStream.INSTANCE;
    }

    /** The stream has at least one event. */
    static ExpectedVersion streamExists() {
        return StreamExists.INSTANCE;
    }

    /**
     * The stream is at exactly this version; {@code exactly(0)} is {@link #noStream()}.
     *
     * @param version 0 or greater
     * @throws IllegalArgumentException when the version is negative
     */
    static ExpectedVersion exactly(long version) {
        return version == 0 ? NoStream.INSTANCE : new Exactly(version);
    }

    /** See {@link #any()}. */
    enum Any implements ExpectedVersion {
        INSTANCE;

        @Override
        public boolean isMetBy(long actual) {
            return true;
        }

        @Override
        public String toString() {
            return "any version";
        }
    }

    /** See {@link #noStream()}. */
    enum NoStream implements ExpectedVersion {
        INSTANCE;

        @Override
        public boolean isMetBy(long actual) {
            return actual == 0;
        }

        @Override
        public String toString() {
            return "no stream";
        }
    }

    /** See {@link #streamExists()}. */
    enum StreamExists implements ExpectedVersion {
        INSTANCE;

        @Override
        public boolean isMetBy(long actual) {
            return actual > 0;
        }

        @Override
        public String toString() {
            return "an existing stream";
        }
    }

    /**
     * See {@link #exactly(long)}.
     *
     * @param version 1 or greater
     */
    record Exactly(long version) implements ExpectedVersion {

        public Exactly {
            if (version < 1) {
                throw new IllegalArgumentException("version must be 1 or greater, was " + version);
            }
        }

        @Override
        public boolean isMetBy(long actual) {
            return actual == version;
        }

        @Override
        public String toString() {
            return "version " + version;
        }
    }
}
