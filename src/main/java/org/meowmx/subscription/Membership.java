package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * This node's part among the others: it says what it asks for, and when nodes come or go the filters of the checkpoints are
 * made to be what those that are left ask for. A node that lacks something of a filter takes no turn under it; so the types
 * that a newer release has brought along are never passed by, and an older one takes over again when the newer is gone.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Membership {

    private static final Logger LOG = System.getLogger(Membership.class.getName());

    @Inject
    Catalog catalog;

    @Inject
    Nodes nodes;

    @Inject
    SubscriptionControl control;

    @Inject
    @Any
    Event<Object> notifier;

    private volatile boolean joined;
    private volatile boolean filtersDue;

    /** Makes this node known, and gives signs of life from now on. */
    ScheduledFuture<?> begin(ScheduledExecutorService executor) {
        nodes.join(asked());
        joined = true;
        adoptFilters();
        long millis = nodes.interval().toMillis();
        return executor.scheduleWithFixedDelay(this::renew, millis, millis, TimeUnit.MILLISECONDS);
    }

    private Map<String, Filter> asked() {
        Map<String, Filter> asked = new HashMap<>();
        catalog.names()
                .forEach(name -> asked.put(name, catalog.subscription(name).filter()));
        return asked;
    }

    private void adoptFilters() {
        catalog.names().forEach(name -> control.adopt(name).ifPresent(notifier::fire));
    }

    private void renew() {
        if (!joined) {
            return;
        }
        try {
            filtersDue |= nodes.beat();
            if (filtersDue) {
                adoptFilters();
                filtersDue = false;
            }
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "No sign of life could be given; the next one is tried in time", e);
        }
    }

    /** Takes leave, so that no other node waits for this one. */
    void end() {
        if (!joined) {
            return;
        }
        joined = false;
        try {
            nodes.leave();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "No leave could be taken; the others will notice", e);
        }
    }
}
