package org.meowmx.subscription.engine.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Signals this node's appends to its peers: the first append at once, and all appends of the following pause with one
 * more signal. The number of signals is limited, because each one takes a lock that all notifying transactions share.
 */
public final class SignalSender {

    private static final Logger LOG = System.getLogger(SignalSender.class.getName());

    /** The minimum time between two signals. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** The time after which a scheduled signal is regarded as lost, because a suspended server drops tasks silently. */
    private static final Duration LOST = Duration.ofSeconds(1);

    private static final long NOTHING = Long.MIN_VALUE;

    private final Runnable signal;
    private final ScheduledExecutorService executor;

    /** When the pending signal was scheduled. */
    private final AtomicLong pendingSince = new AtomicLong(NOTHING);

    private volatile long lastSent = System.nanoTime() - PAUSE.toNanos();

    /** @param signal sends one signal */
    public SignalSender(Runnable signal, ScheduledExecutorService executor) {
        this.signal = signal;
        this.executor = executor;
    }

    /** Signals an append of this node, now or together with others. Never blocks. */
    @SuppressWarnings("FutureReturnValueIgnored") // sending never throws
    public void send() {
        long now = System.nanoTime();
        long since = pendingSince.get();
        boolean pending = since != NOTHING && now - since < LOST.toNanos();
        if (!pending && pendingSince.compareAndSet(since, now)) {
            long delay = lastSent + PAUSE.toNanos() - now;
            try {
                executor.schedule(this::sendOne, Math.max(0, delay), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                pendingSince.set(NOTHING);
            }
        }
    }

    private void sendOne() {
        lastSent = System.nanoTime();
        pendingSince.set(NOTHING);
        try {
            signal.run();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Could not signal an append to other nodes; their next poll will find it", e);
        }
    }
}
