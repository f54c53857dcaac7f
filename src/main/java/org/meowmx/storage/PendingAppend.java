package org.meowmx.storage;

import java.util.List;
import java.util.UUID;
import org.meowmx.ExpectedVersion;
import org.meowmx.groupcommit.GroupRequest;

/**
 * A batch that may share a transaction with others.
 *
 * @param ids those that the writer gave
 * @param sharesItsKey whether it expects no version and has no ids: then batches of one stream can follow each other
 * @param bytes the size of data and metadata, as if each character took one byte
 */
record PendingAppend(Batch batch, List<UUID> ids, boolean sharesItsKey, long bytes) implements GroupRequest {

    static PendingAppend of(Batch batch) {
        long characters = 0;
        for (Batch.Event event : batch.events()) {
            characters +=
                    event.content().data().length() + event.content().metadata().length();
        }
        List<UUID> ids = batch.givenIds();
        return new PendingAppend(
                batch, ids, batch.expected() instanceof ExpectedVersion.Any && ids.isEmpty(), characters);
    }

    @Override
    public Object key() {
        return batch.stream();
    }

    @Override
    public int entries() {
        return batch.size();
    }
}
