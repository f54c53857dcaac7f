package org.meowmx;

import org.jspecify.annotations.Nullable;

/** Something about an event breaks a rule, found before anything was written. Mend the event. */
public class InvalidEventException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field what is wrong: "category", "id", "type", "events", or "data" and "metadata" with a JSON pointer behind
     *     them where there is one
     * @param rule which rule it breaks; holds nothing of the data
     */
    public InvalidEventException(String field, String rule) {
        this(field, rule, null);
    }

    public InvalidEventException(String field, String rule, @Nullable Throwable cause) {
        super(field + ": " + rule, cause);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
