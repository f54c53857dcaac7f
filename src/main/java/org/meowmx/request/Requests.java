package org.meowmx.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meowmx.IdempotencyKey;
import org.meowmx.Metadata;
import org.meowmx.transaction.HandlerThread;

/** Finds the request of the current thread. */
@ApplicationScoped
class Requests {

    @Inject
    BeanManager beans;

    @Inject
    CurrentRequest current;

    @Inject
    HandlerThread handlers;

    /** False in applications without the filter, whose appends need not search for a request. */
    private volatile boolean filtered;

    /** Notes what the current request contributes. */
    void begin(Metadata metadata, @Nullable IdempotencyKey key) {
        filtered = true;
        current.begin(metadata, key);
    }

    /**
     * The request of the current thread; empty if there is none, if it did not pass the filter, or if the thread runs handlers of a
     * subscription, as a request does that lets a subscription catch up.
     */
    Optional<CurrentRequest> current() {
        return filtered && !handlers.isCurrent() ? Optional.ofNullable(existing()) : Optional.empty();
    }

    private @Nullable CurrentRequest existing() {
        try {
            Bean<?> bean = beans.resolve(beans.getBeans(CurrentRequest.class));
            return (CurrentRequest) beans.getContext(RequestScoped.class).get(bean);
        } catch (ContextNotActiveException e) {
            return null;
        }
    }
}
