package org.meowmx.rest.worker;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.CompletionCallback;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.meowmx.rest.message.Problem;

/** The answer to a request that waits. Each method that sends an answer returns false if the request has ended already. */
interface Reply {

    boolean page(byte[] json);

    boolean nothing();

    boolean problem(Problem problem);

    /** Whether the request has ended. */
    boolean isOver();

    /** Calls back when the answer was written, or could not be written. */
    void whenWritten(CompletionCallback callback);

    /**
     * An answer over HTTP.
     *
     * @param response the suspended response
     */
    record Http(AsyncResponse response) implements Reply {

        @Override
        public boolean page(byte[] json) {
            return response.resume(
                    Response.ok(json).type(MediaType.APPLICATION_JSON_TYPE).build());
        }

        @Override
        public boolean nothing() {
            return response.resume(Response.noContent().build());
        }

        @Override
        public boolean problem(Problem problem) {
            return response.resume(problem.asResponse());
        }

        @Override
        public boolean isOver() {
            return response.isDone() || response.isCancelled();
        }

        @Override
        public void whenWritten(CompletionCallback callback) {
            response.register(callback);
        }
    }
}
