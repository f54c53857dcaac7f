package org.meowmx.rest.message;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.UUID;
import org.meowmx.ContentionException;
import org.meowmx.EventIdConflictException;
import org.meowmx.InconsistentStreamException;
import org.meowmx.InvalidEventException;
import org.meowmx.SequenceResetException;
import org.meowmx.StandbyException;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.concurrent.Outage;
import org.meowmx.subscription.OperationFailedException;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.lease.LeaseLostException;
import org.meowmx.transaction.OutcomeUnknownException;
import org.meowmx.transaction.RootCause;
import org.meowmx.transaction.SqlState;

/** Turns each exception into a problem. */
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    private static final Set<String> READS = Set.of("GET", "HEAD");

    /** One for the whole node, because many requests fail while the database is not available. */
    private static final Outage DATABASE = new Outage(
            LOG,
            "Requests fail with status 503, because the database is not available; further failures are not logged. Check that the database runs, and that the data source jdbc/meowmx has connections",
            "Requests work again: the database is available");

    @Context
    Request request;

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException http) {
            return ofHttp(http.getResponse());
        }
        return problem(thrown, request.getMethod()).asResponse();
    }

    /** The problem of a request with this method. A read can be repeated even if the outcome of its commit is unknown. */
    static Problem problem(Throwable thrown, String method) {
        boolean repeatable = thrown instanceof OutcomeUnknownException && READS.contains(method);
        return repeatable ? unavailable(thrown) : problem(thrown);
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
        return ofDamage(thrown);
    }

    /** The problem for a log that an operator must repair. */
    private static Problem ofDamage(Throwable thrown) {
        if (thrown instanceof SequenceResetException) {
            return Problem.of(ProblemType.SEQUENCE_RESET, sentence(thrown));
        }
        if (thrown instanceof InconsistentStreamException e) {
            return Problem.of(ProblemType.INCONSISTENT_STREAM, sentence(e))
                    .with("category", e.stream().category())
                    .with("streamId", e.stream().id());
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
        if (thrown instanceof LeaseLostException) {
            return Problem.of(ProblemType.LEASE_LOST, sentence(thrown));
        }
        if (thrown instanceof OperationFailedException) {
            return Problem.of(ProblemType.HANDLER_FAILED, sentence(thrown));
        }
        if (thrown instanceof SubscriptionBusyException) {
            return Problem.of(ProblemType.SUBSCRIPTION_BUSY, sentence(thrown));
        }
        if (thrown instanceof OutcomeUnknownException) {
            return logged(
                    ProblemType.OUTCOME_UNKNOWN,
                    "The commit was requested, but its outcome is unknown. Repeat an append only with the same event ids; before you repeat another change, read what was stored",
                    thrown);
        }
        return SqlState.isUnavailable(thrown)
                ? unavailable(thrown)
                : logged(
                        ProblemType.INTERNAL,
                        "An unexpected error; the server's log has it under this instance id. A read can be repeated. Repeat an append only with the same event ids, because it may have been stored",
                        thrown);
    }

    private static Problem unavailable(Throwable thrown) {
        DATABASE.failed(thrown);
        return Problem.of(ProblemType.UNAVAILABLE, "The database is not available at present; try again later");
    }

    /** Reports that a request was answered, so the database is available. */
    static void worked() {
        DATABASE.worked();
    }

    /** Logs the stack trace under an id, which the client gets. */
    private static Problem logged(ProblemType type, String detail, Throwable thrown) {
        String instance = "urn:uuid:" + UUID.randomUUID();
        LOG.log(
                Level.ERROR,
                "A request failed: %s. The client was answered with status %d and instance %s"
                        .formatted(RootCause.line(thrown), type.status(), instance),
                thrown);
        return Problem.of(type, detail).with("instance", instance);
    }

    private static String sentence(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }
}
