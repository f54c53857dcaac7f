package org.meowmx.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meowmx.AppendResult;
import org.meowmx.AroundAppend;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.transaction.CurrentTransaction;

/**
 * Derives the ids of events from the {@code Idempotency-Key} of the request, and takes ordinals back when the events were not
 * stored: after an exception, and after a rollback of the caller's transaction.
 */
@ApplicationScoped
class IdempotentAppends implements AroundAppend {

    @Inject
    Requests requests;

    @Inject
    CurrentTransaction current;

    @Override
    public List<AppendResult> append(List<StreamAppend> appends, Proceed next) {
        CurrentRequest request =
                requests.current().filter(CurrentRequest::hasKey).orElse(null);
        return request == null ? next.append(appends) : append(appends, next, request);
    }

    private List<AppendResult> append(List<StreamAppend> appends, Proceed next, CurrentRequest request) {
        Map<StreamId, Integer> before = request.appended();
        List<StreamAppend> identified = request.identified(appends);
        Map<StreamId, Integer> after = counts(appends, request.appended());
        if (current.isActive()) {
            inTransaction(request).add(before, after);
        }
        try {
            return next.append(identified);
        } catch (RuntimeException | Error e) {
            request.takeBack(before, after);
            throw e;
        }
    }

    private static Map<StreamId, Integer> counts(List<StreamAppend> appends, Map<StreamId, Integer> appended) {
        Map<StreamId, Integer> counts = new HashMap<>();
        appends.forEach(append -> counts.put(append.stream(), appended.getOrDefault(append.stream(), 0)));
        return counts;
    }

    /** What the transaction has appended; a rollback takes it back. */
    private OfTransaction inTransaction(CurrentRequest request) {
        TransactionSynchronizationRegistry registry = current.registry();
        if (registry.getResource(request) instanceof OfTransaction known) {
            return known;
        }
        OfTransaction fresh = new OfTransaction();
        registry.putResource(request, fresh);
        current.afterRollback(() -> request.takeBack(fresh.before, fresh.after));
        return fresh;
    }

    /** The number of events of each stream before and after the appends of a transaction. */
    private static final class OfTransaction {

        private final Map<StreamId, Integer> before = new HashMap<>();
        private final Map<StreamId, Integer> after = new HashMap<>();

        private void add(Map<StreamId, Integer> beforeAppend, Map<StreamId, Integer> afterAppend) {
            afterAppend.forEach((stream, count) -> {
                before.putIfAbsent(stream, beforeAppend.getOrDefault(stream, 0));
                after.put(stream, count);
            });
        }
    }
}
