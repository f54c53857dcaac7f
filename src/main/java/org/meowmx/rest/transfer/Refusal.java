package org.meowmx.rest.transfer;

import org.meowmx.cloudevents.CloudEventSyntaxException;
import org.meowmx.cloudevents.InvalidCloudEventException;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;

/** The problem for a CloudEvent that breaks a rule. */
final class Refusal {

    private Refusal() {}

    /** @param what the name of the text in a message about the text as a whole, such as "The body" */
    static ProblemException of(InvalidCloudEventException refused, String what) {
        return of(refused, what, 1);
    }

    /** @param line the number of the first line of the text in the body, from 1 */
    static ProblemException of(InvalidCloudEventException refused, String what, long line) {
        if (refused instanceof CloudEventSyntaxException e && e.attribute().isEmpty()) {
            long number = line + e.line() - 1;
            return new ProblemException(
                    Problem.of(ProblemType.INVALID_JSON, "Not JSON at line %d, column %d".formatted(number, e.column()))
                            .with("line", number)
                            .with("column", e.column()));
        }
        String field = refused.attribute().isEmpty() ? "" : "/" + refused.attribute();
        return new ProblemException(
                Problem.of(ProblemType.INVALID_EVENT, (field.isEmpty() ? what : field) + " " + refused.rule())
                        .with("field", field));
    }
}
