package org.meowmx.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.anomalies.Attempt;
import org.meowmx.anomalies.Attempt.Answer;
import org.meowmx.faults.Intent.Way;

/** Writes like a careful application, and records each attempt with its answer. */
final class Writer {

    private static final int LONGEST_PAUSE_MILLIS = 20;

    /** The number of repeats of an append with an unknown result after the writer was asked to stop. */
    private static final int LAST_TRIES = 200;

    private final EventStore events;
    private final int number;
    private final Random random;
    private final List<Attempt> attempts = new ArrayList<>();

    Writer(EventStore events, int number, Random random) {
        this.events = events;
        this.number = number;
        this.random = random;
    }

    /** Writes until it is asked to stop, and repeats the last append until its result is known. */
    void run(Intents intents, BooleanSupplier stopped) {
        while (!stopped.getAsBoolean()) {
            pause();
            write(intents.next(), stopped);
        }
    }

    private void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MILLIS)));
    }

    /** Repeats the attempt until it is stored. It may give up if it is known that nothing was stored. */
    void write(Intent intent, BooleanSupplier stopped) {
        Map<StreamId, ExpectedVersion> expected = expected(intent);
        boolean unknown = false;
        int last = LAST_TRIES;
        while (last > 0) {
            Answer answer = attempt(intent, expected);
            unknown |= answer == Answer.UNKNOWN;
            boolean givesUp = intent.way() == Way.ROLLBACK || random.nextInt(4) == 0 || stopped.getAsBoolean();
            if (answer == Answer.OK || answer == Answer.REFUSED || (answer == Answer.FAILED && givesUp)) {
                return;
            }
            if (!unknown) {
                // only an append that was certainly not stored may expect another version; a repeat must expect the
                // same one
                expected = expected(intent);
            }
            if (stopped.getAsBoolean()) {
                last--;
            }
            pause();
        }
    }

    private Map<StreamId, ExpectedVersion> expected(Intent intent) {
        Map<StreamId, ExpectedVersion> expected = new LinkedHashMap<>();
        intent.events().keySet().forEach(stream -> expected.put(stream, expected(intent, stream)));
        return expected;
    }

    private ExpectedVersion expected(Intent intent, StreamId stream) {
        if (intent.way() != Way.EXACT_VERSION) {
            return ExpectedVersion.any();
        }
        try {
            return ExpectedVersion.exactly(events.read(stream).version());
        } catch (RuntimeException e) {
            // the database is down: this is a guess, and a wrong one is refused
            return ExpectedVersion.noStream();
        }
    }

    private Answer attempt(Intent intent, Map<StreamId, ExpectedVersion> expected) {
        List<StreamAppend> appends = intent.events().entrySet().stream()
                .map(stream -> new StreamAppend(stream.getKey(), expected.get(stream.getKey()), stream.getValue()))
                .toList();
        Attempt begun = Try.begin(number, appends);
        attempts.add(begun);
        Attempt ended = new Try(events, begun).end(appends, intent.way());
        attempts.set(attempts.size() - 1, ended);
        return ended.answer();
    }

    List<Attempt> attempts() {
        return attempts;
    }
}
