package org.meowmx.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.meowmx.ExpectedVersion;
import org.meowmx.StreamId;

/**
 * Batches for different streams that are appended together, and the order in which their events enter the log.
 *
 * @param batches at most one per stream
 * @param entries the events of all batches, in log order; those of a batch in the order of the batch
 * @param idsAreSearched whether the database searches for the ids that the writers gave. Without it, a known id fails in
 *     the unique index
 */
record BatchGroup(List<Batch> batches, List<Entry> entries, boolean idsAreSearched) {

    /**
     * One event of the group.
     *
     * @param batch the index of its batch
     * @param number its place in its batch, from 1
     */
    record Entry(int batch, int number, Batch.Event event) {}

    /** The events of the first batch, then those of the second, and so on. */
    static BatchGroup oneAfterTheOther(List<Batch> batches) {
        List<Entry> entries = new ArrayList<>();
        for (int index = 0; index < batches.size(); index++) {
            List<Batch.Event> events = batches.get(index).events();
            for (int number = 1; number <= events.size(); number++) {
                entries.add(new Entry(index, number, events.get(number - 1)));
            }
        }
        return new BatchGroup(batches, entries, true);
    }

    /**
     * The events of several batches in another order.
     *
     * @param order for each event, in log order: the index of its batch
     */
    static BatchGroup inOrder(List<Batch> batches, List<Integer> order) {
        int[] taken = new int[batches.size()];
        List<Entry> entries = new ArrayList<>(order.size());
        for (int index : order) {
            taken[index]++;
            entries.add(
                    new Entry(index, taken[index], batches.get(index).events().get(taken[index] - 1)));
        }
        return new BatchGroup(batches, entries, true);
    }

    /** The same group without the search for known ids. */
    BatchGroup withNewIds() {
        return new BatchGroup(batches, entries, false);
    }

    StreamId streamOf(Entry entry) {
        return batches.get(entry.batch()).stream();
    }

    /** The batches at some indexes, with the order of their events. */
    BatchGroup only(List<Integer> indexes) {
        Map<Integer, Integer> renumbered = new HashMap<>();
        indexes.forEach(index -> renumbered.put(index, renumbered.size()));
        return of(
                indexes.stream().map(batches::get).toList(),
                entries.stream()
                        .map(entry -> renumbered.get(entry.batch()))
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** The group without the events with these ids, and without batches that are then empty. */
    BatchGroup without(Set<UUID> ids) {
        if (ids.isEmpty()) {
            return this;
        }
        List<Batch> kept = batches.stream().map(batch -> batch.without(ids)).toList();
        List<Integer> order = entries.stream()
                .filter(entry -> !ids.contains(entry.event().id()))
                .map(Entry::batch)
                .toList();
        return of(kept, order)
                .only(indexes().stream()
                        .filter(index -> !kept.get(index).events().isEmpty())
                        .toList());
    }

    private BatchGroup of(List<Batch> others, List<Integer> order) {
        BatchGroup group = inOrder(others, order);
        return idsAreSearched ? group : group.withNewIds();
    }

    /** The group with other expectations for some of the streams. */
    BatchGroup expecting(Map<StreamId, ExpectedVersion> expectations) {
        return new BatchGroup(
                batches.stream()
                        .map(batch -> batch.expecting(expectations.getOrDefault(batch.stream(), batch.expected())))
                        .toList(),
                entries,
                idsAreSearched);
    }

    List<UUID> givenIds() {
        return batches.stream().flatMap(batch -> batch.givenIds().stream()).toList();
    }

    List<Integer> indexes() {
        return IntStream.range(0, batches.size()).boxed().toList();
    }
}
