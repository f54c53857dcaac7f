package org.meowmx.rest.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the body of a request as text. */
public final class Body {

    private Body() {}

    /**
     * Reads the whole body, without a byte order mark.
     *
     * @param maxBytes the limit; no more is read into memory
     * @throws ProblemException if the body is larger, ends early, or is not UTF-8
     */
    public static String text(InputStream body, int maxBytes) {
        return withoutMark(text(bytes(body, maxBytes)));
    }

    /**
     * Reads the whole body.
     *
     * @param maxBytes the limit; no more is read into memory
     * @throws ProblemException if the body is larger, or ends early
     */
    public static byte[] bytes(InputStream body, int maxBytes) {
        try {
            byte[] bytes = body.readNBytes(maxBytes);
            if (bytes.length == maxBytes && body.read() >= 0) {
                throw new ProblemException(Problem.of(
                                ProblemType.TOO_LARGE,
                                "The body is larger than %d bytes. Send less at a time, or let the operator raise meowmx.rest.max-body"
                                        .formatted(maxBytes))
                        .with("limit", maxBytes));
            }
            return bytes;
        } catch (IOException e) {
            throw endedEarly();
        }
    }

    /**
     * UTF-8 as text.
     *
     * @throws ProblemException if the bytes are not UTF-8
     */
    public static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.of(ProblemType.INVALID_JSON, "The body is not UTF-8"));
        }
    }

    /** The beginning of a body, without the byte order mark that some editors write. */
    public static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The problem if the connection was lost before the end of the body. */
    public static ProblemException endedEarly() {
        return new ProblemException(Problem.of(ProblemType.BAD_REQUEST, "Request body ended early"));
    }
}
