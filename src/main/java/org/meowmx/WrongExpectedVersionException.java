package org.meowmx;

/**
 * The stream was not at the version that the writer expected. Read it again, decide again and append again.
 */
public class WrongExpectedVersionException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final transient StreamId stream;
    private final transient ExpectedVersion expected;
    private final long actual;

    public WrongExpectedVersionException(StreamId stream, ExpectedVersion expected, long actual) {
        super("Stream %s is at version %d, expected: %s".formatted(stream, actual, expected), null);
        this.stream = stream;
        this.expected = expected;
        this.actual = actual;
    }

    public StreamId stream() {
        return stream;
    }

    public ExpectedVersion expected() {
        return expected;
    }

    /** The version that the stream was at; 0 when it did not exist. */
    public long actual() {
        return actual;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
