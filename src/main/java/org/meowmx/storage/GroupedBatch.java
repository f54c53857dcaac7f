package org.meowmx.storage;

import java.util.Collection;
import org.meowmx.ExpectedVersion;
import org.meowmx.groupcommit.GroupRequest;

/**
 * A batch that may share a transaction with others.
 *
 * @param bytes the approximate size of what is sent to the database
 */
record GroupedBatch(Batch batch, long bytes) implements GroupRequest {

    static GroupedBatch of(Batch batch) {
        long characters = 0;
        for (Batch.Event event : batch.events()) {
            characters += event.content().data().length() + event.content().metadata().length();
        }
        return new GroupedBatch(batch, characters);
    }

    @Override
    public Object key() {
        return batch.stream();
    }

    @Override
    public Collection<?> ids() {
        return batch.givenIds();
    }

    /** Events without ids that may follow any version can follow each other. */
    @Override
    public boolean sharesItsKey() {
        return batch.expected() instanceof ExpectedVersion.Any && !batch.hasGivenIds();
    }

    @Override
    public int entries() {
        return batch.size();
    }
}
