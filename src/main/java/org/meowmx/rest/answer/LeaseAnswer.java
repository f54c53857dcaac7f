package org.meowmx.rest.answer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.meowmx.subscription.lease.Lease;

/** A page of events that one worker handles. */
@Schema(name = "Lease")
public record LeaseAnswer(
        UUID lease,
        String subscription,
        int firstSlice,
        Instant until,
        boolean retry,
        boolean replay,
        int attempt,
        List<EventAnswer> events) {

    public static LeaseAnswer of(Lease lease) {
        return new LeaseAnswer(
                lease.id(),
                lease.subscription(),
                lease.firstSlice(),
                lease.until(),
                lease.retry(),
                lease.replay(),
                lease.attempt(),
                EventAnswer.of(lease.events()));
    }
}
