package org.meowmx;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The identity of a stream: a category, which is the kind of thing ("order"), and the id of the one thing meant.
 *
 * <p>Both are 1 to {@value Names#MAX_LENGTH} characters long, not blank, without control characters and well-formed UTF-16;
 * they are compared byte by byte, without any collation.
 *
 * @param category the kind of thing that the stream is about
 * @param id which one
 */
public record StreamId(String category, String id) {

    /** The number of slices that streams are spread over. */
    public static final int SLICES = 1024;

    /**
     * @throws InvalidEventException when the category or the id breaks a rule of this class
     */
    public StreamId {
        Names.check("category", category);
        Names.check("id", id);
    }

    public static StreamId of(String category, String id) {
        return new StreamId(category, id);
    }

    public static StreamId of(String category, UUID id) {
        return new StreamId(category, id.toString());
    }

    public static StreamId of(String category, long id) {
        return new StreamId(category, Long.toString(id));
    }

    /**
     * The fixed bucket of this stream, 0 to 1023: the low ten bits of the CRC-32C (Castagnoli, RFC 3720 appendix B.4)
     * of the id's UTF-8 bytes. Stored with every event; it never changes, so work can be shared out by ranges of it.
     */
    public int slice() {
        CRC32C crc = new CRC32C();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() & (SLICES - 1));
    }

    /** The form {@code category/id}, for messages; control characters cannot occur in it. */
    @Override
    public String toString() {
        return category + "/" + id;
    }
}
