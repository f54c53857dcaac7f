package org.meowmx.subscription;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the other nodes of this node's appends; as many as come while one signal is on its way share the next. */
final class SignalSender {

    private static final Logger LOG = System.getLogger(SignalSender.class.getName());

    private final Signals signals;
    private final String channel;
    private final Executor executor;
    private final AtomicBoolean pending = new AtomicBoolean();

    SignalSender(Signals signals, String channel, Executor executor) {
        this.signals = signals;
        this.channel = channel;
        this.executor = executor;
    }

    void send() {
        if (pending.compareAndSet(false, true)) {
            try {
                executor.execute(this::sendOne);
            } catch (RejectedExecutionException e) {
                pending.set(false);
            }
        }
    }

    private void sendOne() {
        pending.set(false);
        try {
            signals.send(channel);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Other nodes could not be told of an append; they will find it by polling", e);
        }
    }
}
