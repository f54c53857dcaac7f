package org.meowmx.rest.transfer;

import org.meowmx.cloudevents.CloudEventSyntaxException;
import org.meowmx.cloudevents.InvalidCloudEventException;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;

/** The problem with which a CloudEvent that breaks a rule is refused. */
final class Refusal {

    private Refusal() {}

    /** @param what the name of the text in a message about the text as a whole, such as "The line" */
    static ProblemException of(InvalidCloudEventException refused, String what) {
        if (refused instanceof CloudEventSyntaxException e) {
            return new ProblemException(Problem.of(
                            ProblemType.INVALID_JSON, "Not JSON at line %d, column %d".formatted(e.line(), e.column()))
                    .with("line", e.line())
                    .with("column", e.column()));
        }
        String field = refused.attribute().isEmpty() ? "" : "/" + refused.attribute();
        return new ProblemException(
                Problem.of(ProblemType.INVALID_EVENT, (field.isEmpty() ? what : field) + " " + refused.rule())
                        .with("field", field));
    }
}
