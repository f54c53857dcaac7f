package org.meowmx.subscription;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the other nodes of this node's appends: of the first one at once, and of as many as come within the next moments by one
 * signal more, because each takes a lock that all notifying transactions share.
 */
final class SignalSender {

    private static final Logger LOG = System.getLogger(SignalSender.class.getName());

    /** Between one signal and the next. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Signals signals;
    private final String channel;
    private final ScheduledExecutorService executor;
    private final AtomicBoolean pending = new AtomicBoolean();
    private volatile long lastSent = System.nanoTime() - PAUSE.toNanos();

    SignalSender(Signals signals, String channel, ScheduledExecutorService executor) {
        this.signals = signals;
        this.channel = channel;
        this.executor = executor;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // sending never throws
    void send() {
        if (pending.compareAndSet(false, true)) {
            long left = lastSent + PAUSE.toNanos() - System.nanoTime();
            try {
                executor.schedule(this::sendOne, Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                pending.set(false);
            }
        }
    }

    private void sendOne() {
        lastSent = System.nanoTime();
        pending.set(false);
        try {
            signals.send(channel);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Other nodes could not be told of an append; they will find it by polling", e);
        }
    }
}
