package org.meowmx.importing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meowmx.AppendResult;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.InvalidEventException;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.transaction.OwnTransaction;

/** The transactions of an import. */
@ApplicationScoped
class ImportWriter {

    private static final Pattern INDEXED = Pattern.compile("([0-9]{1,9})/");

    @Inject
    EventStore store;

    @Inject
    OwnTransaction transaction;

    @Inject
    Settings settings;

    /**
     * Appends events, in the order given, at their versions.
     *
     * @return how many of them were new
     */
    int append(List<SourceEvent> events) {
        return transaction.run(
                () -> runs(events).stream().mapToInt(this::appendRun).sum());
    }

    private int appendRun(List<SourceEvent> run) {
        SourceEvent first = run.get(0);
        try {
            AppendResult result = store.append(
                    first.stream(),
                    ExpectedVersion.exactly(first.version() - 1),
                    run.stream().map(SourceEvent::event).toList());
            return result.repeated() ? 0 : run.size();
        } catch (InvalidEventException e) {
            SourceEvent invalid = run.get(index(e));
            throw new ImportException(
                    invalid.stream(), "%s cannot be stored: %s.".formatted(invalid, e.getMessage()), e);
        }
    }

    /** Which event of an append is meant. */
    private static int index(InvalidEventException e) {
        Matcher indexed = INDEXED.matcher(e.field());
        return indexed.lookingAt() ? Integer.parseInt(indexed.group(1)) : 0;
    }

    /** Consecutive events of one stream, as many as one append may have. */
    private List<List<SourceEvent>> runs(List<SourceEvent> events) {
        int maxEvents = settings.get(Keys.MAX_EVENTS);
        List<List<SourceEvent>> runs = new ArrayList<>();
        for (SourceEvent event : events) {
            List<SourceEvent> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
            if (last.isEmpty()
                    || last.size() == maxEvents
                    || !last.get(0).stream().equals(event.stream())) {
                last = new ArrayList<>();
                runs.add(last);
            }
            last.add(event);
        }
        return runs;
    }

    /**
     * What the log holds of events that it knows. Appending them again makes the store compare them.
     *
     * @throws org.meowmx.EventIdConflictException when one of them has another type or other data
     */
    Map<UUID, RecordedEvent> stored(List<SourceEvent> events) {
        int maxEvents = settings.get(Keys.MAX_EVENTS);
        Map<UUID, RecordedEvent> stored = new HashMap<>();
        for (int from = 0; from < events.size(); from += maxEvents) {
            stored.putAll(storedOf(events.subList(from, Math.min(events.size(), from + maxEvents))));
        }
        return stored;
    }

    private Map<UUID, RecordedEvent> storedOf(List<SourceEvent> events) {
        List<StreamAppend> repeats = events.stream()
                .collect(groupingBy(SourceEvent::stream, LinkedHashMap::new, mapping(SourceEvent::event, toList())))
                .entrySet()
                .stream()
                .map(stream -> new StreamAppend(stream.getKey(), ExpectedVersion.any(), stream.getValue()))
                .toList();
        return transaction.run(() -> store.appendAll(repeats)).stream()
                .flatMap(result -> result.events().stream())
                .collect(toMap(RecordedEvent::id, Function.identity()));
    }
}
