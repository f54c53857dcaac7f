package org.meowmx.storage;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.meowmx.Metadata;

/** The current trace in the form of W3C Trace Context. Empty if the application has no OpenTelemetry. */
final class TraceContext {

    private static final boolean AVAILABLE = available();

    private TraceContext() {}

    static Metadata current() {
        return AVAILABLE ? OpenTelemetry.current() : Metadata.none();
    }

    private static boolean available() {
        try {
            return Class.forName("io.opentelemetry.api.trace.Span", true, TraceContext.class.getClassLoader()) != null;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** The only code that links to OpenTelemetry's API. */
    private static final class OpenTelemetry {

        static Metadata current() {
            SpanContext span = Span.current().getSpanContext();
            if (!span.isValid()) {
                return Metadata.none();
            }
            String parent = "00-%s-%s-%s"
                    .formatted(
                            span.getTraceId(),
                            span.getSpanId(),
                            span.getTraceFlags().asHex());
            return Metadata.of("traceparent", parent);
        }
    }
}
