package org.meowmx.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipResponseInterceptorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"gzip", "GZip", "deflate, gzip, br", "br;q=1.0, gzip;q=0.8", "x-gzip", "gzip; q=.5", "gzip;q=1"})
    void a_client_that_names_gzip_accepts_it(String accepted) {
        assertThat(GzipResponseInterceptor.acceptsGzip(accepted)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip;q=0.000", "gzipped", "*;q=0"})
    void any_other_client_does_not(String accepted) {
        assertThat(GzipResponseInterceptor.acceptsGzip(accepted)).isFalse();
    }

    /** An answer whose body is written by {@code writing}. */
    private static byte[] written(Writing writing) throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        written(sent, writing);
        return sent.toByteArray();
    }

    private static void written(OutputStream sent, Writing writing) throws IOException {
        AtomicReference<OutputStream> out = new AtomicReference<>(sent);
        MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
        WriterInterceptorContext answer = fake(WriterInterceptorContext.class, (method, argument) -> switch (method) {
            case "getEntity" -> new byte[2_000];
            case "getHeaders" -> headers;
            case "getOutputStream" -> out.get();
            case "setOutputStream" -> {
                out.set((OutputStream) argument);
                yield null;
            }
            case "proceed" -> {
                writing.to(out.get());
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        });
        GzipResponseInterceptor interceptor = new GzipResponseInterceptor();
        interceptor.request = fake(HttpHeaders.class, (method, argument) -> "gzip");
        try {
            interceptor.aroundWriteTo(answer);
        } finally {
            assertThat(out.get()).as("the stream of the server").isSameAs(sent);
        }
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private interface Calls {
        @Nullable
        Object answer(String method, @Nullable Object argument) throws IOException;
    }

    private static <T> T fake(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> calls.answer(method.getName(), arguments == null ? null : arguments[0])));
    }

    @Test
    void an_answer_is_complete_whether_or_not_its_writer_closes_the_stream() throws IOException {
        for (boolean closes : new boolean[] {true, false}) {
            byte[] sent = written(out -> {
                out.write(65);
                if (closes) {
                    out.close();
                }
                out.flush();
            });
            assertThat(new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes())
                    .containsExactly(65);
        }
    }

    @Test
    void the_failure_of_a_writer_is_not_replaced_by_one_of_the_compression() {
        OutputStream lost = new OutputStream() {
            private int written;

            @Override
            public void write(int b) throws IOException {
                // the header of gzip is ten bytes
                if (++written > 10) {
                    throw new IOException("connection lost");
                }
            }
        };
        assertThatThrownBy(() -> written(lost, out -> {
                    throw new IllegalStateException("the log went back");
                }))
                .hasMessage("the log went back")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()[0]).hasMessage("connection lost"));
    }

    @Test
    void a_client_that_says_nothing_gets_plain_answers() {
        assertThat(GzipResponseInterceptor.acceptsGzip(null)).isFalse();
    }
}
