package org.meowmx.metadata;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.meowmx.Metadata;

/** The current trace in the form of W3C Trace Context. Does nothing if the application has no OpenTelemetry. */
public final class TraceContext {

    private static final String TRACE_PARENT = "traceparent";

    /** The index of the trace id in {@code traceparent}. */
    private static final int TRACE_ID = 3;

    private static final boolean AVAILABLE = available();

    private TraceContext() {}

    /**
     * Adds the current span to contributed metadata, unless their {@code traceparent} belongs to another trace: then the trace of the
     * caller continues. The traces can differ because a server leaves the span of an earlier request in its thread, or restarts traces.
     */
    public static Metadata withCurrentSpan(Metadata contributed) {
        return AVAILABLE ? OpenTelemetry.withCurrentSpan(contributed) : contributed;
    }

    /**
     * Removes the current span from this thread. A request must do so if it is suspended and ends in another thread: on WildFly,
     * the span would stay, and all later requests of this thread would belong to it.
     */
    public static void detach() {
        if (AVAILABLE) {
            OpenTelemetry.detach();
        }
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

        static Metadata withCurrentSpan(Metadata contributed) {
            SpanContext span = Span.current().getSpanContext();
            if (!span.isValid() || isInAnotherTrace(contributed, span.getTraceId())) {
                return contributed;
            }
            String parent = "00-%s-%s-%s"
                    .formatted(
                            span.getTraceId(),
                            span.getSpanId(),
                            span.getTraceFlags().asHex());
            return contributed.with(TRACE_PARENT, parent);
        }

        private static boolean isInAnotherTrace(Metadata contributed, String trace) {
            return contributed
                    .get(TRACE_PARENT)
                    .filter(parent -> !parent.startsWith(trace, TRACE_ID))
                    .isPresent();
        }

        /** The scope is not closed: closing it would make the span current again. */
        @SuppressWarnings("MustBeClosedChecker")
        static void detach() {
            Context.root().makeCurrent();
        }
    }
}
