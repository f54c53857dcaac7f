package org.meowmx;

/**
 * The stored version of a stream differs from its events, because the tables were changed by other software or restored
 * in part.
 *
 * <p>Nothing was written, and the transaction cannot be used any more. Repeating the call does not help: the owner of the
 * tables must run the statement in the message, or restore the missing rows.
 */
public class InconsistentStreamException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final transient StreamId stream;
    private final long storedVersion;
    private final long lastVersion;

    /**
     * Creates the exception.
     *
     * @param stream the stream
     * @param storedVersion the version in the stream's row; 0 if it has no row
     * @param lastVersion the highest version of its events
     */
    public InconsistentStreamException(StreamId stream, long storedVersion, long lastVersion) {
        super(
                ("Stream %s is at version %d in meowmx_streams, but its newest event has version %d, so nothing can be "
                                + "appended. To repair it, let the owner of the tables run "
                                + "insert into meowmx_streams (category, stream_id, version) values (%s, %s, %d) "
                                + "on conflict (category, stream_id) do update set version = excluded.version")
                        .formatted(
                                stream,
                                storedVersion,
                                lastVersion,
                                literal(stream.category()),
                                literal(stream.id()),
                                lastVersion),
                null);
        this.stream = stream;
        this.storedVersion = storedVersion;
        this.lastVersion = lastVersion;
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The stream; null after deserialization of the exception. */
    public StreamId stream() {
        return stream;
    }

    /** The version in the stream's row; 0 if it has no row. */
    public long storedVersion() {
        return storedVersion;
    }

    /** The highest version of the stream's events. */
    public long lastVersion() {
        return lastVersion;
    }
}
