package org.meowmx.rest.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;

/** Reads the body of a request as text, no further than it may go. */
@ApplicationScoped
public class Body {

    @Inject
    Settings settings;

    /**
     * The whole body.
     *
     * @throws ProblemException when it is too large, or not UTF-8
     */
    public String text(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(maxBytes());
            if (bytes.length == maxBytes() && body.read() >= 0) {
                throw tooLarge();
            }
            return text(bytes, bytes.length);
        } catch (IOException e) {
            throw Problem.of(ProblemType.BAD_REQUEST, "The body broke off").asException();
        }
    }

    ProblemException tooLarge() {
        return Problem.of(
                        ProblemType.TOO_LARGE,
                        "%d bytes are taken at once (meowmx.rest.max-body)".formatted(maxBytes()))
                .with("limit", maxBytes())
                .asException();
    }

    public int maxBytes() {
        return settings.get(Keys.MAX_BODY);
    }

    public static String text(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.of(ProblemType.INVALID_JSON, "The body is not UTF-8").asException();
        }
    }
}
