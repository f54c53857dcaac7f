package org.meowmx.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.faults.Intent.Way;

/** Generates the writes: mostly single events, sometimes batches, several streams, and transactions. */
final class Intents {

    private static final int LARGEST_BATCH = 20;
    private static final int MOST_STREAMS = 4;

    private final Random random;
    private final int streams;

    Intents(Random random, int streams) {
        this.random = random;
        this.streams = streams;
    }

    Intent next() {
        return switch (random.nextInt(10)) {
            case 0 -> new Intent(events(1, 2 + random.nextInt(LARGEST_BATCH - 1)), Way.ANY_VERSION);
            case 1 -> new Intent(events(2 + random.nextInt(MOST_STREAMS - 1), 1), Way.ANY_VERSION);
            case 2 -> new Intent(events(2, 1), Way.TRANSACTION);
            case 3 -> new Intent(events(2, 1), Way.ROLLBACK);
            case 4, 5, 6 -> new Intent(events(1, 1), Way.EXACT_VERSION);
            default -> new Intent(events(1, 1), Way.ANY_VERSION);
        };
    }

    private Map<StreamId, List<NewEvent>> events(int ofStreams, int each) {
        Map<StreamId, List<NewEvent>> events = new LinkedHashMap<>();
        while (events.size() < ofStreams) {
            events.put(StreamId.of("test", random.nextInt(streams)), batch(each));
        }
        return events;
    }

    private List<NewEvent> batch(int size) {
        List<NewEvent> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(event("{\"number\": " + random.nextInt() + "}"));
        }
        return batch;
    }

    /** An event whose id also depends on the seed. */
    NewEvent event(String json) {
        return NewEvent.of("noted", json).withId(new UUID(random.nextLong(), random.nextLong()));
    }
}
