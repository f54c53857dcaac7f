package org.meowmx.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.meowmx.AppendResult;
import org.meowmx.AroundAppend;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.Ordinals;

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
        Ordinals<StreamId> ordinals = request.ordinals();
        Ordinals.Draft<StreamId> numbers = ordinals.draft();
        List<StreamAppend> identified = request.identified(appends, numbers);
        return ordinals.during(numbers, current, () -> next.append(identified));
    }
}
