package org.meowmx.cloudevents;

import org.meowmx.MeowmxException;

/** A JSON text is not a CloudEvent that can be appended. Correct the attribute. */
public class InvalidCloudEventException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String attribute;
    private final String rule;

    /**
     * @param attribute the name of the attribute, such as "id", followed by a JSON pointer if the rule is about a part of it, such as
     *     "metadata/user". In a batch, the index of the event precedes it. Empty if the rule is about the whole text
     * @param rule the broken rule, without any data of the event; it completes the message
     */
    public InvalidCloudEventException(String attribute, String rule) {
        super((attribute.isEmpty() ? "The CloudEvent" : attribute) + " " + rule, null);
        this.attribute = attribute;
        this.rule = rule;
    }

    /** The same exception for one event of a batch: its index and a slash precede the attribute. */
    InvalidCloudEventException inEvent(int index) {
        return new InvalidCloudEventException(attribute.isEmpty() ? "" + index : index + "/" + attribute, rule);
    }

    public String attribute() {
        return attribute;
    }

    public String rule() {
        return rule;
    }
}
