package org.meowmx;

import org.jspecify.annotations.Nullable;

/** Something about an event breaks a rule, found before anything was written. Mend the event. */
public class InvalidEventException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    /**
     * @param field what is wrong: "category", "id", "type", "recordedAt", "events", or "data" and "metadata" with a JSON
     *     pointer behind them where there is one; in an append of several events the index of the event comes before it, as in
     *     "3/data"
     * @param rule which rule it breaks; holds nothing of the data
     */
    public InvalidEventException(String field, String rule) {
        this(field, rule, null);
    }

    public InvalidEventException(String field, String rule, @Nullable Throwable cause) {
        super(field + ": " + rule, cause);
        this.field = field;
        this.rule = rule;
    }

    public String field() {
        return field;
    }

    public String rule() {
        return rule;
    }

    /** The same of one of several events: its index, from 0, comes before the field. */
    public InvalidEventException inEvent(int index) {
        return new InvalidEventException(index + "/" + field, rule, getCause());
    }
}
