package org.meowmx.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.meowmx.EventType;

/** The event of all measurements: about 230 bytes of JSON. */
@EventType("order-placed")
record OrderPlaced(String customer, long cents, String address, List<Line> lines) {

    static final String TYPE = "order-placed";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A line of the order. */
    record Line(String article, int pieces) {}

    static OrderPlaced example() {
        return new OrderPlaced(
                "Ann Other",
                1999,
                "12 Long Street, Middle of Nowhere, County of Examples",
                List.of(new Line("a book about events", 1), new Line("a cup of tea", 2), new Line("two biscuits", 3)));
    }

    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
