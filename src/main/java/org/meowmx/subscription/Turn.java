package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.meowmx.EventStore;
import org.meowmx.LogPage;

/** One turn of a subscription: one transaction that handles one page of events and moves the checkpoint. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Turn {

    @Inject
    Checkpoints checkpoints;

    @Inject
    EventStore events;

    @Inject
    Dispatcher dispatcher;

    @Inject
    @ConfigProperty(name = "meowmx.subscription.batch-size", defaultValue = "500")
    int batchSize;

    /** What came of a turn. */
    enum Result {
        /** Another worker holds the subscription. */
        BUSY,
        /** There may be more to read. */
        MORE,
        /** Everything up to the mark is handled. */
        CAUGHT_UP
    }

    /**
     * @param result how it ended
     * @param handled how many events were handled
     */
    record Outcome(Result result, int handled) {

        static final Outcome BUSY = new Outcome(Result.BUSY, 0);
    }

    /** Takes a turn; an exception out of an observer rolls all of it back. */
    @ActivateRequestContext
    @Transactional(value = Transactional.TxType.REQUIRES_NEW, rollbackOn = Throwable.class)
    public Outcome take(Subscription subscription) {
        Optional<Checkpoint> claimed = checkpoints.claim(subscription.name());
        return claimed.map(checkpoint -> handle(subscription, checkpoint)).orElse(Outcome.BUSY);
    }

    private Outcome handle(Subscription subscription, Checkpoint checkpoint) {
        LogPage page = events.page(subscription.after(checkpoint.position()), batchSize);
        page.events().forEach(event -> dispatcher.dispatch(subscription, event));
        checkpoint.advanceTo(page.readTo());
        boolean more = page.next().isPresent();
        return new Outcome(more ? Result.MORE : Result.CAUGHT_UP, page.events().size());
    }
}
