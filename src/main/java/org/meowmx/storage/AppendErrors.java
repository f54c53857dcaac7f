package org.meowmx.storage;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.meowmx.EventIdConflictException;
import org.meowmx.InconsistentStreamException;
import org.meowmx.LogStatus;
import org.meowmx.MeowmxException;
import org.meowmx.transaction.OwnTransaction;

/**
 * Explains why the database refused an append, by the name of the violated key.
 *
 * <p>If the log is damaged, a new transaction reads the facts for the message, because the failed one can run no
 * further statement.
 */
final class AppendErrors {

    /** The largest number of ids in a message. */
    private static final int MOST_IDS = 10;

    private final Log log;
    private final EventReader reader;
    private final PositionGuard guard;
    private final OwnTransaction own;

    AppendErrors(Log log, EventReader reader, PositionGuard guard, OwnTransaction own) {
        this.log = log;
        this.reader = reader;
        this.guard = guard;
        this.own = own;
    }

    /**
     * The exception for an append that failed.
     *
     * @param batches the batches of the append, at least one
     */
    RuntimeException of(RuntimeException thrown, List<Batch> batches) {
        if (thrown instanceof MeowmxException) {
            return thrown;
        }
        return UniqueKey.violatedIn(thrown)
                .map(key -> of(key, thrown, batches))
                .orElseGet(() -> SqlErrors.ofTransaction(thrown));
    }

    private RuntimeException of(UniqueKey key, RuntimeException thrown, List<Batch> batches) {
        if (key == UniqueKey.EVENT_ID) {
            Batch withIds = batches.stream()
                    .filter(batch -> !batch.repeatableIds().isEmpty())
                    .findFirst()
                    .orElse(batches.get(0));
            List<UUID> ids = batches.stream()
                    .flatMap(batch -> batch.repeatableIds().stream())
                    .toList();
            return new EventIdConflictException(null, withIds.stream(), "the log already has " + oneOf(ids));
        }
        try {
            return own.run(() -> key == UniqueKey.POSITION ? sequenceReset() : inconsistent(batches, thrown));
        } catch (RuntimeException e) {
            thrown.addSuppressed(e);
            return thrown;
        }
    }

    private static String oneOf(List<UUID> ids) {
        String named = ids.stream().limit(MOST_IDS).map(UUID::toString).collect(Collectors.joining(", "));
        return ids.size() <= 1
                ? named
                : "one of %d ids: %s%s".formatted(ids.size(), named, ids.size() > MOST_IDS ? ", …" : "");
    }

    private RuntimeException sequenceReset() {
        log.prepareToRead();
        long known = guard.known();
        LogStatus status = log.status();
        return guard.refusal(status.lastPosition(), Math.max(known, status.usedPosition()));
    }

    private RuntimeException inconsistent(List<Batch> batches, RuntimeException thrown) {
        return batches.stream()
                .map(Batch::stream)
                .filter(stream -> reader.version(stream) < reader.lastVersion(stream))
                .findFirst()
                .<RuntimeException>map(stream ->
                        new InconsistentStreamException(stream, reader.version(stream), reader.lastVersion(stream)))
                .orElse(thrown);
    }
}
