package org.meowmx.cloudevents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/** Parsers and generators for JSON that contains the data of events. */
public final class JsonText {

    /** Without limits on data: the store has stricter ones, and checks each event when it is appended. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonText() {}

    /**
     * The text of the next value, with its numbers, order and white space as they were written.
     *
     * @param parser a parser of {@code text}, at the name of a field
     */
    public static String nextValue(JsonParser parser, String text) throws IOException {
        parser.nextToken();
        long start = parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        long end = parser.currentLocation().getCharOffset();
        return text.substring((int) start, (int) end).strip();
    }
}
