package org.meowmx;

/**
 * A handler appended an event that the log does not have, but the handler belongs to a version of a projection that does not serve.
 * Only the version that serves appends events. The append stored nothing.
 *
 * <p>Move the append into an observer with {@code @LiveOnly}, or let the handler append exactly what the serving version appends
 * for the same event.
 */
public class NotServingException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final StreamId stream;

    /**
     * Creates the exception.
     *
     * @param stream the stream of the refused append
     * @param reason which version does not serve; it completes the message
     */
    public NotServingException(StreamId stream, String reason) {
        super(
                "The append to stream %s is refused: %s, so its handlers cannot append events that the log does not have. Append in an observer with @LiveOnly, or only what the serving version appends for the same event"
                        .formatted(stream, reason),
                null);
        this.stream = stream;
    }

    /** The stream of the refused append. */
    public StreamId stream() {
        return stream;
    }
}
