package org.meowmx.rest.message;

import java.util.Locale;

/** What can be wrong, as a stable {@code type} of RFC 9457: {@code urn:meowmx:problem:} and the name in lower case. */
public enum ProblemType {
    INVALID_JSON(400, "The body is not the JSON that is asked for"),
    INVALID_EVENT(400, "An event breaks a rule"),
    INVALID_PARAMETER(400, "A parameter or header cannot be understood"),
    BAD_REQUEST(400, "The request cannot be understood"),
    UNAUTHORIZED(401, "Credentials are needed"),
    FORBIDDEN(403, "The caller lacks the role that this takes"),
    FORGED_REQUEST(403, "A change needs a JSON content type or the header X-Requested-With"),
    NOT_FOUND(404, "There is no such resource"),
    UNKNOWN_EVENT(404, "There is no such event"),
    UNKNOWN_SUBSCRIPTION(404, "There is no such subscription"),
    METHOD_NOT_ALLOWED(405, "The method is not for this resource"),
    NOT_ACCEPTABLE(406, "The resource is not to be had in the form asked for"),
    EVENT_ID_CONFLICT(409, "An event id is in the log already, and as another event"),
    OTHER_LOG(409, "The cursor belongs to another log"),
    AHEAD_OF_LOG(409, "The cursor lies ahead of the log"),
    SUBSCRIPTION_CONFLICT(409, "The subscription is not in a state for this"),
    SUBSCRIPTION_BUSY(409, "Somebody else works on the subscription at this moment"),
    HANDLER_FAILED(409, "The handler failed again"),
    WRONG_EXPECTED_VERSION(412, "The stream is not at the expected version"),
    TOO_LARGE(413, "That is more than the server takes at once"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is not in a form that is understood here"),
    INTERNAL(500, "The server failed"),
    UNAVAILABLE(503, "The server cannot do this at the moment; try again");

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

    /** The one that says no more than the status does. */
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
