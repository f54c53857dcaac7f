package org.meowmx.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.meowmx.AppendResult;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventImport;
import org.meowmx.ExpectedVersion;
import org.meowmx.ImportResult;
import org.meowmx.ImportedEvent;
import org.meowmx.InvalidEventException;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.Required;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/** Imports events as groups of batches. The ids are searched for once, for all events of a call. */
final class DatabaseEventImport implements EventImport {

    private final BatchFactory factory;
    private final Appender appender;
    private final RepeatedEvents repeated;
    private final InlineObservers observers;
    private final CommittedAppends committed;
    private final CurrentTransaction current;
    private final OwnTransaction own;

    DatabaseEventImport(
            BatchFactory factory,
            Appender appender,
            RepeatedEvents repeated,
            InlineObservers observers,
            CommittedAppends committed,
            CurrentTransaction current,
            OwnTransaction own) {
        this.factory = factory;
        this.appender = appender;
        this.repeated = repeated;
        this.observers = observers;
        this.committed = committed;
        this.current = current;
        this.own = own;
    }

    @Override
    public ImportResult store(List<ImportedEvent> events) {
        List<Part> parts = parts(Required.elements("events", events));
        int stored = current.isActive() ? storeJoined(parts) : storeInOwn(parts);
        return new ImportResult(stored, events.size() - stored);
    }

    /** Splits the events where an id occurs again, so each part has an id once. When the later part is stored, the id is known. */
    private static List<Part> parts(List<ImportedEvent> events) {
        List<Part> parts = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        int from = 0;
        for (int i = 0; i < events.size(); i++) {
            if (!seen.add(events.get(i).id())) {
                parts.add(new Part(events, from, i));
                from = i;
                seen.clear();
                seen.add(events.get(i).id());
            }
        }
        if (from < events.size()) {
            parts.add(new Part(events, from, events.size()));
        }
        return parts;
    }

    /** Events of a call from one index, inclusive, to another, exclusive; each id once. */
    private record Part(List<ImportedEvent> call, int from, int to) {

        List<ImportedEvent> events() {
            return call.subList(from, to);
        }

        /** Names the place of an event in the call, unless the call has only this event. */
        InvalidEventException invalid(int index, InvalidEventException thrown) {
            return call.size() == 1 ? thrown : thrown.inEvent(from + index);
        }
    }

    private int storeJoined(List<Part> parts) {
        try {
            return storeEach(parts);
        } catch (RuntimeException | Error e) {
            current.setRollbackOnly();
            throw e;
        }
    }

    private int storeInOwn(List<Part> parts) {
        try {
            return storeInNew(parts);
        } catch (EventIdConflictException | WrongExpectedVersionException e) {
            // another import may have stored some of the events meanwhile; the second attempt finds them
            return storeInNew(parts);
        }
    }

    private int storeInNew(List<Part> parts) {
        try {
            return own.run(() -> storeEach(parts));
        } catch (RuntimeException e) {
            throw SqlErrors.ofTransaction(e);
        }
    }

    /** All parts are checked before the first one is stored. */
    private int storeEach(List<Part> parts) {
        List<BatchGroup> groups = parts.stream().map(this::group).toList();
        return IntStream.range(0, parts.size())
                .map(i -> storePart(parts.get(i), groups.get(i)))
                .sum();
    }

    private int storePart(Part part, BatchGroup all) {
        Set<UUID> known = repeated.knownIds(all);
        BatchGroup fresh = all.without(known).expecting(expectations(part, known));
        if (fresh.batches().isEmpty()) {
            return 0;
        }
        // between the search and the row lock, another import may have stored all events of a stream
        List<AppendResult> stored = Written.stored(appender.append(fresh));
        observers.notify(inLogOrder(stored), Set.copyOf(fresh.givenIds()));
        committed.inCurrentTransaction(stored);
        return stored.stream().mapToInt(result -> result.events().size()).sum();
    }

    private BatchGroup group(Part part) {
        List<ImportedEvent> events = part.events();
        Map<StreamId, Integer> indexes = new HashMap<>();
        List<List<NewEvent>> ofStream = new ArrayList<>();
        List<StreamId> streams = new ArrayList<>();
        List<Integer> order = new ArrayList<>(events.size());
        for (ImportedEvent event : events) {
            int index = indexes.computeIfAbsent(event.stream(), stream -> {
                streams.add(stream);
                ofStream.add(new ArrayList<>());
                return streams.size() - 1;
            });
            ofStream.get(index).add(event.event());
            order.add(index);
        }
        List<StreamAppend> appends = new ArrayList<>(streams.size());
        for (int i = 0; i < streams.size(); i++) {
            appends.add(new StreamAppend(streams.get(i), ExpectedVersion.any(), ofStream.get(i)));
        }
        try {
            return BatchGroup.inOrder(factory.of(appends), order).withNewIds();
        } catch (InvalidEventException e) {
            throw invalid(part, e);
        }
    }

    /** Names the place of the invalid event in the call. The given exception has its place within its stream. */
    private InvalidEventException invalid(Part part, InvalidEventException thrown) {
        List<ImportedEvent> events = part.events();
        for (int i = 0; i < events.size(); i++) {
            ImportedEvent event = events.get(i);
            try {
                factory.of(List.of(StreamAppend.of(event.stream(), ExpectedVersion.any(), event.event())));
            } catch (InvalidEventException e) {
                return part.invalid(i, e);
            }
        }
        return thrown;
    }

    /** For each stream with an event that has a version: the version that the stream must be at before its first new event. */
    private static Map<StreamId, ExpectedVersion> expectations(Part part, Set<UUID> known) {
        Map<StreamId, Long> required = new HashMap<>();
        Map<StreamId, Long> before = new HashMap<>();
        for (int i = 0; i < part.events().size(); i++) {
            ImportedEvent event = part.events().get(i);
            if (known.contains(event.id())) {
                continue;
            }
            long earlier = before.merge(event.stream(), 1L, Long::sum) - 1;
            if (event.version() > 0) {
                long first = event.version() - 1 - earlier;
                Long other = required.putIfAbsent(event.stream(), first);
                if (first < 0 || (other != null && other != first)) {
                    throw part.invalid(
                            i,
                            new InvalidEventException(
                                    "version",
                                    "of an event of stream %s is %d, which does not follow the new events before it in the import"
                                            .formatted(event.stream(), event.version())));
                }
            }
        }
        Map<StreamId, ExpectedVersion> expectations = new HashMap<>();
        required.forEach((stream, version) -> expectations.put(stream, ExpectedVersion.exactly(version)));
        return expectations;
    }

    /** The results for observers, in the order of the log: one per run of events of one stream. */
    private static List<AppendResult> inLogOrder(List<AppendResult> results) {
        List<RecordedEvent> events = results.stream()
                .flatMap(result -> result.events().stream())
                .sorted(Comparator.comparingLong(RecordedEvent::position))
                .toList();
        List<AppendResult> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= events.size(); i++) {
            if (i == events.size() || !events.get(i).stream().equals(events.get(from).stream())) {
                runs.add(new AppendResult(events.subList(from, i), false));
                from = i;
            }
        }
        return runs;
    }
}
