package org.meowmx.storage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.meowmx.LogStatus;
import org.meowmx.RecordedEvent;
import org.meowmx.SequenceResetException;

/**
 * Notices that the sequence of positions was set back while this node runs: by hand, by a switch-over to a copy, or by a
 * failover that lost data. New events would get positions that readers have already passed, so they would be skipped.
 *
 * <p>The guard keeps one number, the highest position that this node <em>knows</em> to be in use for ever. The sources are appends of
 * this node after their commit, events that were read, and once per heartbeat the tables. A position of an uncommitted transaction is
 * never known, because PostgreSQL may assign it again after a crash.
 *
 * <p>Three rules follow. The sequence never goes back by itself below a known position, so none of them raises a false
 * alarm:
 * <ul>
 *   <li>an append must get positions above the number that was known before its statement began. Otherwise it is rolled
 *       back and refused;
 *   <li>the sequence, read for the high-water mark, must have reached the number that was known before that read.
 *       Otherwise no mark is given;
 *   <li>a turn must find the sequence at or above its checkpoint, if it reads the sequence after the claim. Otherwise it
 *       does nothing. {@link org.meowmx.LogPage#lastPosition} has that value without a further statement.
 * </ul>
 *
 * <p>The number is compared with the sequence, never with the high-water mark. The mark may go back, because a writer may take its
 * fence long after it has read the number of the fence.
 *
 * <p>{@link org.meowmx.EventStore#status} compares the sequence with the tables as well, so health shows the problem, with the
 * statement that repairs it, as long as it lasts.
 *
 * <p>On H2 the guard is off: tests may empty the tables and let positions begin at 1 again.
 */
final class PositionGuard {

    private static final Logger LOG = System.getLogger(PositionGuard.class.getName());

    private final boolean on;
    private final AtomicLong known = new AtomicLong();
    private final AtomicBoolean reported = new AtomicBoolean();

    private PositionGuard(boolean on) {
        this.on = on;
    }

    static PositionGuard on() {
        return new PositionGuard(true);
    }

    /** A guard that knows no position and refuses nothing. */
    static PositionGuard off() {
        return new PositionGuard(false);
    }

    /** The highest position that is known to be in use. Read it before the statement whose result is to be checked. */
    long known() {
        return known.get();
    }

    /** Records the positions of committed events. */
    void know(List<RecordedEvent> committed) {
        committed.forEach(event -> know(event.position()));
    }

    /** Records the position of a committed event or checkpoint. */
    void know(long position) {
        if (on && position > known.get()) {
            known.accumulateAndGet(position, Math::max);
        }
    }

    /**
     * Checks the first position that an append got.
     *
     * @param before the known position before the append
     * @throws SequenceResetException if the position is not above it
     */
    void requireAbove(long before, long position) {
        if (position <= before) {
            throw refusal(position, before);
        }
    }

    /**
     * Checks the last position that the sequence has assigned.
     *
     * @param before the known position before the sequence was read
     * @throws SequenceResetException if the sequence is below it
     */
    void requireReached(long before, long lastPosition) {
        if (lastPosition < before) {
            throw refusal(lastPosition, before);
        }
    }

    /**
     * Adds the known position to a status, and logs when a problem begins and ends.
     *
     * @param before the known position before the status was read
     */
    LogStatus checked(long before, LogStatus read) {
        LogStatus status = new LogStatus(
                read.lastPosition(), read.highWaterMark(), Math.max(read.usedPosition(), before), read.openAppends());
        status.problem().ifPresentOrElse(this::report, () -> {
            if (reported.compareAndSet(true, false)) {
                LOG.log(
                        Level.INFO,
                        "The sequence meowmx_events_position_seq is repaired; appends and subscriptions continue");
            }
        });
        return status;
    }

    SequenceResetException refusal(long lastPosition, long usedPosition) {
        SequenceResetException refusal = new SequenceResetException(lastPosition, usedPosition);
        report(String.valueOf(refusal.getMessage()));
        return refusal;
    }

    /** Reports a problem once, because each append and each turn meets it again. */
    private void report(String problem) {
        if (reported.compareAndSet(false, true)) {
            LOG.log(Level.ERROR, problem);
        }
    }
}
