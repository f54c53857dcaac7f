package org.meowmx.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;

/**
 * One client that follows the log: where it is, and whether it has taken what it was sent. It is sent the next page only after
 * it has taken the last one, so that a slow client costs no more than one page; and only what its connection takes without
 * waiting is written (Servlet 6.0, section 5.7). Open Liberty waits nevertheless, for up to its write timeout: a client that
 * takes nothing holds one thread there, which is why each is written to by a task of its own.
 */
final class LiveReader implements WriteListener {

    private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);

    private final UUID log;
    private final AsyncContext connection;
    private final ServletOutputStream out;
    private final Runnable taken;
    private final Queue<byte[]> pending = new ArrayDeque<>();
    private boolean unflushed;
    private volatile LogQuery query;
    private volatile boolean sending;
    private volatile boolean gone;
    private volatile long lastSent = System.nanoTime();

    /**
     * @param query what it asks for, behind which position
     * @param taken run each time when the client has taken what it was sent
     */
    LiveReader(LogQuery query, UUID log, AsyncContext connection, Runnable taken) throws IOException {
        this.query = query;
        this.log = log;
        this.connection = connection;
        this.out = connection.getResponse().getOutputStream();
        this.taken = taken;
    }

    /** Begins with a heartbeat, so that the client sees that it is connected. */
    void start() throws IOException {
        out.write(HEARTBEAT);
        out.flush();
        out.flush(); // Open Liberty ignores the first of a response
        out.setWriteListener(this);
    }

    LogQuery query() {
        return query;
    }

    /** Whether it has taken all that it was sent. */
    boolean isReady() {
        return !sending && !gone;
    }

    boolean isGone() {
        return gone;
    }

    /** Whether nothing was sent, or nothing taken, for this long. */
    boolean isSilentFor(Duration time) {
        return System.nanoTime() - lastSent > time.toNanos();
    }

    /**
     * Goes on behind a page.
     *
     * @return whether it has events, to be written by {@link #onWritePossible}
     */
    synchronized boolean take(LogPage page) {
        query = query.after(page.readTo());
        if (page.events().isEmpty()) {
            return false;
        }
        begin();
        page.events().forEach(event -> pending.add(message(event)));
        return true;
    }

    synchronized void takeHeartbeat() {
        begin();
        pending.add(HEARTBEAT);
    }

    private void begin() {
        sending = true;
        lastSent = System.nanoTime();
    }

    /** Writes as long as the connection takes it; the server calls this too, when the connection takes more. */
    @Override
    public synchronized void onWritePossible() {
        try {
            while (!gone && out.isReady()) {
                byte[] next = pending.poll();
                if (next != null) {
                    out.write(next);
                    unflushed = true;
                } else if (unflushed) {
                    out.flush();
                    unflushed = false;
                } else {
                    end();
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            onError(e);
        }
    }

    private void end() {
        if (sending) {
            sending = false;
            taken.run();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        close();
    }

    private byte[] message(RecordedEvent event) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(("id: " + new Cursor(log, event.position()) + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        message.writeBytes(Json.bytes(json -> Json.event(json, event)));
        message.writeBytes(new byte[] {'\n', '\n'});
        return message.toByteArray();
    }

    void close() {
        if (!gone) {
            gone = true;
            try {
                connection.complete();
            } catch (IllegalStateException e) {
                // the server has ended it already
            }
        }
    }
}
