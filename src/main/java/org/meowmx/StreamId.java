package org.meowmx;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The identity of a stream: a category, which is the kind of thing (for example {@code order}), and the id of one such
 * thing.
 *
 * <p>Both have 1 to {@value Names#MAX_LENGTH} characters of well-formed UTF-16, are not blank, and contain no control
 * characters. They are compared byte by byte, without any collation.
 *
 * @param category the kind of thing that the stream describes
 * @param id the id of the thing within its category
 */
public record StreamId(String category, String id) {

    /** The number of slices over which streams are distributed. */
    public static final int SLICES = 1024;

    /**
     * Creates a stream id.
     *
     * @throws InvalidEventException if the category or the id breaks a rule of this class
     */
    public StreamId {
        Names.check("category", category);
        Names.check("id", id);
    }

    /**
     * The stream with a textual id.
     *
     * @throws InvalidEventException if the category or the id breaks a rule of this class
     */
    public static StreamId of(String category, String id) {
        return new StreamId(category, id);
    }

    /**
     * The stream with a UUID as id, in its lower-case text form.
     *
     * @throws InvalidEventException if the category breaks a rule of this class
     */
    public static StreamId of(String category, UUID id) {
        return new StreamId(category, Required.present("id", id).toString());
    }

    /**
     * The stream with a number as id, in decimal form.
     *
     * @throws InvalidEventException if the category breaks a rule of this class
     */
    public static StreamId of(String category, long id) {
        return new StreamId(category, Long.toString(id));
    }

    /**
     * The fixed hash bucket of this stream, 0 to 1023: the low ten bits of the CRC-32C (Castagnoli, RFC 3720 appendix
     * B.4) of the id's UTF-8 bytes.
     *
     * <p>The slice is stored with every event and never changes, so ranges of slices can divide work among nodes.
     */
    public int slice() {
        CRC32C crc = new CRC32C();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() & (SLICES - 1));
    }

    /** The form {@code category/id}, for messages. It contains no control characters. */
    @Override
    public String toString() {
        return category + "/" + id;
    }
}
