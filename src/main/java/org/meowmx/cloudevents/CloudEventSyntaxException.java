package org.meowmx.cloudevents;

import com.fasterxml.jackson.core.JsonLocation;

/** A text, or the text in the attribute {@code metadata}, is not JSON. */
public class CloudEventSyntaxException extends InvalidCloudEventException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    CloudEventSyntaxException(String attribute, JsonLocation place) {
        super(attribute, "is not JSON at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr()));
        this.line = place.getLineNr();
        this.column = place.getColumnNr();
    }

    /** The line of the error within the text, from 1. */
    public int line() {
        return line;
    }

    /** The column of the error within its line, from 1. */
    public int column() {
        return column;
    }
}
