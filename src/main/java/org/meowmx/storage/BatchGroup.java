package org.meowmx.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.meowmx.ExpectedVersion;
import org.meowmx.StreamId;

/**
 * Batches for different streams that are appended together, and the order in which their events enter the log.
 *
 * @param batches at most one per stream
 * @param order for each event of the group, in log order: the index of its batch. A batch occurs as often as it has
 *     events, because its events keep their order
 * @param idsAreSearched whether the database searches for the ids that the writers gave. Without it, a known id fails in
 *     the unique index
 */
record BatchGroup(List<Batch> batches, List<Integer> order, boolean idsAreSearched) {

    /** The events of the first batch, then those of the second, and so on. */
    static BatchGroup oneAfterTheOther(List<Batch> batches) {
        List<Integer> order = new ArrayList<>();
        for (int index = 0; index < batches.size(); index++) {
            order.addAll(Collections.nCopies(batches.get(index).size(), index));
        }
        return new BatchGroup(batches, order, true);
    }

    /** The same group, whose ids are expected to be new. */
    BatchGroup withNewIds() {
        return new BatchGroup(batches, order, false);
    }

    /**
     * One event of the group.
     *
     * @param batch the index of its batch
     * @param offset its place in its batch, from 1
     */
    record Entry(int batch, int offset, Batch.Event event) {}

    /** The events, in log order. */
    List<Entry> entries() {
        int[] taken = new int[batches.size()];
        return order.stream()
                .map(batch -> new Entry(
                        batch, ++taken[batch], batches.get(batch).events().get(taken[batch] - 1)))
                .toList();
    }

    StreamId streamOf(Entry entry) {
        return batches.get(entry.batch()).stream();
    }

    /** The batches at some indexes, with the order of their events. */
    BatchGroup only(List<Integer> indexes) {
        Map<Integer, Integer> renumbered = new HashMap<>();
        indexes.forEach(index -> renumbered.put(index, renumbered.size()));
        List<Integer> kept =
                order.stream().filter(renumbered::containsKey).map(renumbered::get).toList();
        return new BatchGroup(indexes.stream().map(batches::get).toList(), kept, idsAreSearched);
    }

    /** The group without the events with these ids, and without batches that are then empty. */
    BatchGroup without(Set<UUID> ids) {
        if (ids.isEmpty()) {
            return this;
        }
        List<Batch> kept = batches.stream().map(batch -> batch.without(ids)).toList();
        List<Integer> keptOrder = entries().stream()
                .filter(entry -> !ids.contains(entry.event().id()))
                .map(Entry::batch)
                .toList();
        return new BatchGroup(kept, keptOrder, idsAreSearched)
                .only(indexes().stream()
                        .filter(index -> !kept.get(index).events().isEmpty())
                        .toList());
    }

    /** The group with other expectations for some of the streams. */
    BatchGroup expecting(Map<StreamId, ExpectedVersion> expectations) {
        return new BatchGroup(
                batches.stream()
                        .map(batch -> batch.expecting(expectations.getOrDefault(batch.stream(), batch.expected())))
                        .toList(),
                order,
                idsAreSearched);
    }

    List<UUID> givenIds() {
        return batches.stream().flatMap(batch -> batch.givenIds().stream()).toList();
    }

    List<Integer> indexes() {
        return IntStream.range(0, batches.size()).boxed().toList();
    }
}
