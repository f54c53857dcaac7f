package org.meowmx;

import org.jspecify.annotations.Nullable;

/**
 * A value breaks a rule or a limit of the store: of an event, a stream id, an event class, an upcaster, or the name of a
 * subscription. The check runs before anything is written.
 *
 * <p>The message names the field and the rule. Correct the value; repeating the call unchanged fails in the same way.
 */
public class InvalidEventException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    /**
     * Creates the exception.
     *
     * @param field the invalid field: "stream", "category", "id", "name", "type", "version", "recordedAt", "events",
     *     or "data" or "metadata", which a JSON pointer to the invalid value may follow. In an append of several events, the
     *     event's index and a slash precede it, as in "3/data"
     * @param rule the rule that the field breaks, without any data of the event
     */
    public InvalidEventException(String field, String rule) {
        this(field, rule, null);
    }

    /**
     * Creates the exception.
     *
     * @param field the invalid field
     * @param rule the rule that the field breaks, without any data of the event
     * @param cause the exception that revealed it; null if there is none
     */
    public InvalidEventException(String field, String rule, @Nullable Throwable cause) {
        super(field + ": " + rule, cause);
        this.field = field;
        this.rule = rule;
    }

    /** The invalid field, such as "data" or "3/data". */
    public String field() {
        return field;
    }

    /** The rule that the field breaks; it contains no data of the event. */
    public String rule() {
        return rule;
    }

    /**
     * The same exception for one of several events: the event's index and a slash precede the field.
     *
     * @param index the index of the event in its append, 0 or greater
     */
    public InvalidEventException inEvent(int index) {
        return new InvalidEventException(index + "/" + field, rule, getCause());
    }
}
