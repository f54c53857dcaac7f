package org.meowmx.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;

/**
 * Decodes bodies in gzip. Limits of size are checked while a body is read, so they hold for the decoded bytes.
 *
 * <p>Some servers decode a body themselves and leave the header as it is. Therefore only a body that begins with the two bytes of gzip
 * is decoded. Neither JSON nor text in UTF-8 can begin with them.
 */
@Priority(Priorities.ENTITY_CODER)
public class GzipRequestFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String DECODED = GzipRequestFilter.class.getName() + ".decoded";

    private static final int BUFFER = 8192;
    private static final byte[] MAGIC = {0x1f, (byte) 0x8b};
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    @Override
    public void filter(ContainerRequestContext request) {
        String encoding = name(request.getHeaderString(HttpHeaders.CONTENT_ENCODING));
        if (encoding.isEmpty() || encoding.equals("identity")) {
            return;
        }
        if (!GZIP.contains(encoding)) {
            request.setEntityStream(new UnknownEncoding());
            return;
        }
        try {
            request.setEntityStream(decoded(request));
            request.getHeaders().remove(HttpHeaders.CONTENT_ENCODING);
        } catch (IOException e) {
            request.abortWith(Problem.of(ProblemType.BAD_REQUEST, "The body is not complete gzip")
                    .asResponse());
        }
    }

    /** Frees the inflater, because the body has been read. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(DECODED) instanceof Decoded body) {
            body.end();
        }
    }

    private static String name(@Nullable String header) {
        return header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
    }

    private static InputStream decoded(ContainerRequestContext request) throws IOException {
        PushbackInputStream start = new PushbackInputStream(request.getEntityStream(), MAGIC.length);
        byte[] first = start.readNBytes(MAGIC.length);
        start.unread(first);
        if (!Arrays.equals(first, MAGIC)) {
            return start;
        }
        Decoded body = new Decoded(start);
        request.setProperty(DECODED, body);
        return body;
    }

    /** A body that can free the native memory of its inflater without closing the server's stream. */
    private static final class Decoded extends GZIPInputStream {

        Decoded(InputStream in) throws IOException {
            super(in, BUFFER);
        }

        void end() {
            inf.end();
        }
    }

    /** Refuses the request when its body is read. A body that is never read needs no decoding. */
    private static final class UnknownEncoding extends InputStream {

        @Override
        public int read() {
            throw new ProblemException(Problem.of(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "The Content-Encoding of the body must be gzip, or the header must be absent"));
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            return read();
        }
    }
}
