package org.meowmx;

/**
 * The stream is not at the version that the writer expected. Nothing was written to it.
 *
 * <p>Read the stream again, decide again on its current state, and append again.
 * {@link org.meowmx.retry.RetriedOnConflict} does this automatically.
 */
public class WrongExpectedVersionException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final transient StreamId stream;
    private final transient ExpectedVersion expected;
    private final long actual;

    /**
     * Creates the exception.
     *
     * @param stream the stream of the append
     * @param expected the expectation that was not met
     * @param actual the version of the stream, 0 or greater
     */
    public WrongExpectedVersionException(StreamId stream, ExpectedVersion expected, long actual) {
        super("Stream %s is at version %d, expected: %s".formatted(stream, actual, expected), null);
        this.stream = stream;
        this.expected = expected;
        this.actual = actual;
    }

    /** The stream of the append; null after deserialization of the exception. */
    public StreamId stream() {
        return stream;
    }

    /** The expectation that was not met; null after deserialization of the exception. */
    public ExpectedVersion expected() {
        return expected;
    }

    /** The version of the stream at the time of the append; 0 if it did not exist. */
    public long actual() {
        return actual;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
