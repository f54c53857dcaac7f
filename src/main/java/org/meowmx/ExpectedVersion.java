package org.meowmx;

/**
 * The version that a writer expects a stream to have at the time of its append: the optimistic lock of event sourcing.
 *
 * <p>If the stream is at another version, the append fails with {@link WrongExpectedVersionException} and writes
 * nothing.
 */
public sealed interface ExpectedVersion {

    /**
     * Whether a stream at this version meets the expectation.
     *
     * @param actual the version of the stream; 0 if it does not exist
     */
    boolean isMetBy(long actual);

    /**
     * No expectation: the events are appended at the end of the stream. It never causes
     * {@link WrongExpectedVersionException}, because concurrent writers of a stream wait for each other.
     */
    static ExpectedVersion any() {
        return Any.INSTANCE;
    }

    /** The stream does not exist: it has no events yet. */
    static ExpectedVersion noStream() {
        return NoStream.INSTANCE;
    }

    /** The stream exists: it has at least one event. */
    static ExpectedVersion streamExists() {
        return StreamExists.INSTANCE;
    }

    /**
     * The stream is at exactly this version; {@code exactly(0)} is {@link #noStream()}.
     *
     * @param version 0 or greater
     * @throws IllegalArgumentException if the version is negative
     */
    static ExpectedVersion exactly(long version) {
        return version == 0 ? NoStream.INSTANCE : new Exactly(version);
    }

    /** The value of {@link #any()}. */
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

    /** The value of {@link #noStream()}. */
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

    /** The value of {@link #streamExists()}. */
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
     * The value of {@link #exactly(long)}.
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
