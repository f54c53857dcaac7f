package org.meowmx.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses long answers for clients that accept gzip. The entity tag of such an answer becomes weak, because the bytes differ. */
@Priority(Priorities.ENTITY_CODER)
public class GzipResponseInterceptor implements WriterInterceptor {

    /** In bytes. Shorter answers fit into one network packet anyway. */
    private static final int MIN_SIZE = 1_400;

    private static final int BUFFER = 8192;

    @Context
    HttpHeaders request;

    @Override
    public void aroundWriteTo(WriterInterceptorContext answer) throws IOException {
        if (!isLong(answer.getEntity())) {
            answer.proceed();
            return;
        }
        MultivaluedMap<String, Object> headers = answer.getHeaders();
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (!acceptsGzip(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING))) {
            answer.proceed();
            return;
        }
        headers.putSingle(HttpHeaders.CONTENT_ENCODING, "gzip");
        headers.remove(HttpHeaders.CONTENT_LENGTH);
        headers.computeIfPresent(
                HttpHeaders.ETAG,
                (name, tags) -> tags.stream().<Object>map(tag -> "W/" + tag).toList());
        OutputStream plain = answer.getOutputStream();
        try (Gzip compressed = new Gzip(plain)) {
            answer.setOutputStream(compressed);
            answer.proceed();
        } finally {
            answer.setOutputStream(plain);
        }
    }

    /** Closing it ends the answer and frees the native memory of the deflater. The server's own stream stays open. */
    private static final class Gzip extends GZIPOutputStream {

        private boolean closed;

        Gzip(OutputStream out) throws IOException {
            super(out, BUFFER);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                try {
                    finish();
                } finally {
                    def.end();
                }
            }
        }
    }

    private static boolean isLong(@Nullable Object entity) {
        return entity instanceof StreamingOutput || (entity instanceof byte[] bytes && bytes.length >= MIN_SIZE);
    }

    /** Whether a list of encodings has gzip, and not with the weight 0. */
    static boolean acceptsGzip(@Nullable String accepted) {
        return accepted != null
                && Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(","))
                        .map(String::strip)
                        .anyMatch(one -> one.matches("(x-)?gzip(\\s*;\\s*q=(1(\\.0*)?|0?\\.0*[1-9]\\d*))?"));
    }
}
