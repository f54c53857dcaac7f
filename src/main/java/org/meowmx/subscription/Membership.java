package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * This node's part among the others: it gives signs of life, and sees to it that the filters are what all of them ask for. The
 * one does not wait for the other: a filter is changed between turns, which may be long.
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
    Adoption adoption;

    private boolean joined;

    /** Makes this node known, and gives signs of life from now on. */
    synchronized List<ScheduledFuture<?>> begin(ScheduledExecutorService executor) {
        nodes.beat();
        joined = true;
        long millis = catalog.node().heartbeat().toMillis();
        return List.of(
                executor.scheduleWithFixedDelay(this::renew, millis, millis, TimeUnit.MILLISECONDS),
                executor.scheduleWithFixedDelay(this::adopt, 0, millis, TimeUnit.MILLISECONDS));
    }

    /** Not while leave is being taken: a late sign would make the node known again. */
    private synchronized void renew() {
        if (!joined) {
            return;
        }
        try {
            nodes.beat();
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "No sign of life could be given; the next one is tried in time", e);
        }
    }

    private void adopt() {
        try {
            adoption.adoptAll();
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "Filters could not be adopted; they are with the next sign of life", e);
        }
    }

    /** Takes leave, so that no other node waits for this one. */
    synchronized void end() {
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
