package org.meowmx.cloudevents;

import com.fasterxml.jackson.core.JsonLocation;

/** A text, or the text in the attribute {@code metadata}, is not JSON. */
public class CloudEventSyntaxException extends InvalidCloudEventException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    CloudEventSyntaxException(String attribute, JsonLocation place) {
        this(attribute, place.getLineNr(), place.getColumnNr());
    }

    private CloudEventSyntaxException(String attribute, int line, int column) {
        super(attribute, "is not JSON at line %d, column %d".formatted(line, column));
        this.line = line;
        this.column = column;
    }

    /** A syntax error of the whole text is at a place of the text, not of an event. */
    @Override
    InvalidCloudEventException inEvent(int index) {
        return attribute().isEmpty() ? this : new CloudEventSyntaxException(index + "/" + attribute(), line, column);
    }

    /** The line of the error within the text, or within the text in the attribute, from 1. */
    public int line() {
        return line;
    }

    /** The column of the error within its line, from 1. */
    public int column() {
        return column;
    }
}
