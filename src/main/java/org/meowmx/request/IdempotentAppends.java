package org.meowmx.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
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
        if (current.isActive()) {
            restoreAfterRollback(request, before);
        }
        try {
            return next.append(request.identified(appends));
        } catch (RuntimeException | Error e) {
            request.restore(before);
            throw e;
        }
    }

    /** Registered by the first append of the transaction, because a rollback undoes all of its appends. */
    private void restoreAfterRollback(CurrentRequest request, Map<StreamId, Integer> before) {
        TransactionSynchronizationRegistry registry = current.registry();
        if (registry.getResource(request) == null) {
            registry.putResource(request, before);
            current.afterRollback(() -> request.restore(before));
        }
    }
}
