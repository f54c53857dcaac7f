package org.meowmx.subscription.engine.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells the other nodes of this node's appends: of the first one at once, and of as many as come within the next moments by one
 * signal more, because each takes a lock that all notifying transactions share.
 */
public final class SignalSender {

    private static final Logger LOG = System.getLogger(SignalSender.class.getName());

    /** Between one signal and the next. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** After which time a signal that was to come is taken for lost: a server that is suspended drops tasks without a word. */
    private static final Duration LOST = Duration.ofSeconds(1);

    private static final long NOTHING = Long.MIN_VALUE;

    private final Signals signals;
    private final String channel;
    private final ScheduledExecutorService executor;
    private final AtomicLong pendingSince = new AtomicLong(NOTHING);
    private volatile long lastSent = System.nanoTime() - PAUSE.toNanos();

    public SignalSender(Signals signals, String channel, ScheduledExecutorService executor) {
        this.signals = signals;
        this.channel = channel;
        this.executor = executor;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // sending never throws
    public void send() {
        long now = System.nanoTime();
        long since = pendingSince.get();
        boolean coming = since != NOTHING && now - since < LOST.toNanos();
        if (!coming && pendingSince.compareAndSet(since, now)) {
            long left = lastSent + PAUSE.toNanos() - now;
            try {
                executor.schedule(this::sendOne, Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                pendingSince.set(NOTHING);
            }
        }
    }

    private void sendOne() {
        lastSent = System.nanoTime();
        pendingSince.set(NOTHING);
        try {
            signals.send(channel);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Other nodes could not be told of an append; they will find it by polling", e);
        }
    }
}
