package org.meowmx.rest.message;

import java.util.Locale;

/** The kinds of problems. Each has a stable {@code type} (RFC 9457): {@code urn:meowmx:problem:} and its name in lower case. */
public enum ProblemType {
    INVALID_JSON(400, "The body is not valid JSON"),
    INVALID_EVENT(400, "A field of the body breaks a rule"),
    INVALID_PARAMETER(400, "A parameter or header breaks a rule"),
    BAD_REQUEST(400, "The request cannot be understood"),
    UNAUTHORIZED(401, "Not authenticated"),
    FORBIDDEN(403, "The caller lacks the required role"),
    FORGED_REQUEST(403, "A change requires a JSON content type or the header X-Requested-With"),
    NOT_FOUND(404, "Resource not found"),
    UNKNOWN_EVENT(404, "Event not found"),
    UNKNOWN_SUBSCRIPTION(404, "Subscription not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed for this resource"),
    NOT_ACCEPTABLE(406, "Not available in the requested media type"),
    EVENT_ID_CONFLICT(409, "The event id is already used by another event"),
    OTHER_LOG(409, "The cursor belongs to another log"),
    AHEAD_OF_LOG(409, "The cursor is ahead of the log"),
    LOG_WENT_BACK(409, "The log no longer has the event of the cursor"),
    SUBSCRIPTION_CONFLICT(409, "The state of the subscription does not allow this"),
    SUBSCRIPTION_BUSY(409, "Another worker is in a turn of the subscription"),
    LEASE_LOST(409, "The lease has ended"),
    HANDLER_FAILED(409, "The handler failed"),
    WRONG_EXPECTED_VERSION(412, "The stream is not at the expected version"),
    TOO_LARGE(413, "The request exceeds a limit"),
    UNSUPPORTED_MEDIA_TYPE(415, "The content type of the body is not supported"),
    INTERNAL(500, "Internal server error"),
    OUTCOME_UNKNOWN(500, "It is unknown whether the change was stored"),
    INCONSISTENT_STREAM(500, "The stored version of the stream differs from its events; an operator must repair it"),
    SEQUENCE_RESET(503, "The sequence of positions was set back; an operator must repair it"),
    UNAVAILABLE(503, "Temporarily unavailable; try again");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String uri() {
        return "urn:meowmx:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type for an error of the server itself, of which only the status is known. */
    public static ProblemType of(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 503 -> UNAVAILABLE;
            default -> status < 500 ? BAD_REQUEST : INTERNAL;
        };
    }
}
