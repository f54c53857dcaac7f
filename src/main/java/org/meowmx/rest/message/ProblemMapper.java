package org.meowmx.rest.message;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import org.meowmx.ContentionException;
import org.meowmx.EventIdConflictException;
import org.meowmx.InvalidEventException;
import org.meowmx.StandbyException;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.transaction.SqlState;

/** Turns each exception into a problem. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException http) {
            return ofHttp(http.getResponse());
        }
        return problem(thrown).asResponse();
    }

    private static Response ofHttp(Response answer) {
        if (answer.getStatus() < 400) {
            return answer;
        }
        ProblemType type = ProblemType.of(answer.getStatus());
        Response.ResponseBuilder problem =
                Response.fromResponse(Problem.of(type, type.title()).asResponse());
        Object allowed = answer.getHeaders().getFirst("Allow");
        return allowed == null
                ? problem.build()
                : problem.header("Allow", allowed).build();
    }

    /** The problem that a client gets for an exception. */
    public static Problem problem(Throwable thrown) {
        if (thrown instanceof ProblemException problem) {
            return problem.problem();
        }
        if (thrown instanceof InvalidEventException e) {
            return Problem.of(ProblemType.INVALID_EVENT, sentence(e))
                    .with("field", e.field().equals("events") ? "" : "/" + e.field());
        }
        if (thrown instanceof WrongExpectedVersionException e) {
            return Problem.of(ProblemType.WRONG_EXPECTED_VERSION, sentence(e))
                    .with("expected", e.expected().toString())
                    .with("actual", e.actual())
                    .with("category", e.stream().category())
                    .with("streamId", e.stream().id());
        }
        if (thrown instanceof EventIdConflictException e) {
            Problem problem = Problem.of(ProblemType.EVENT_ID_CONFLICT, sentence(e));
            return e.eventId() == null ? problem : problem.with("eventId", String.valueOf(e.eventId()));
        }
        if (thrown instanceof ContentionException || thrown instanceof StandbyException) {
            return Problem.of(ProblemType.UNAVAILABLE, sentence(thrown));
        }
        return ofSubscription(thrown);
    }

    private static Problem ofSubscription(Throwable thrown) {
        if (thrown instanceof UnknownSubscriptionException) {
            return Problem.of(ProblemType.UNKNOWN_SUBSCRIPTION, sentence(thrown));
        }
        if (thrown instanceof SubscriptionConflictException) {
            return Problem.of(ProblemType.SUBSCRIPTION_CONFLICT, sentence(thrown));
        }
        if (thrown instanceof SubscriptionBusyException) {
            return Problem.of(ProblemType.SUBSCRIPTION_BUSY, sentence(thrown));
        }
        return SqlState.matches(thrown, ProblemMapper::isUnreachable)
                ? Problem.of(ProblemType.UNAVAILABLE, "The database is not reachable")
                : unexpected(thrown);
    }

    /** A connection that is lost or not available (class 08), or a server that is starting or shutting down (57P). */
    private static boolean isUnreachable(String sqlState) {
        return sqlState.startsWith("08") || sqlState.startsWith("57P");
    }

    /** The client gets an id, under which the server's log has the stack trace. */
    private static Problem unexpected(Throwable thrown) {
        String instance = "urn:uuid:" + UUID.randomUUID();
        LOG.log(
                Level.ERROR,
                "A request failed with an unexpected error; the client was answered with status 500 and instance "
                        + instance,
                thrown);
        return Problem.of(ProblemType.INTERNAL, "The server's log has the stack trace under this instance")
                .with("instance", instance);
    }

    private static String sentence(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }
}
