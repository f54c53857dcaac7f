package org.meowmx.faults;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.Subscribed;

/** Two subscriptions to every event: one with the configured number of segments, and one that keeps the order of the log. */
@ApplicationScoped
class Readers {

    static final String SHARED = "shared";
    static final String WHOLE = "whole";

    /** The duration of a handler, so that turns of several nodes overlap. */
    private static final long A_MOMENT = TimeUnit.MICROSECONDS.toNanos(200);

    @Inject
    Ledger ledger;

    void shared(@Observes @Subscribed(SHARED) RecordedEvent event) {
        ledger.write(SHARED, event);
        LockSupport.parkNanos(A_MOMENT);
    }

    void whole(@Observes @Subscribed(WHOLE) RecordedEvent event) {
        ledger.write(WHOLE, event);
    }
}
