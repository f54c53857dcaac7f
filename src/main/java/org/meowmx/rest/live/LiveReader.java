package org.meowmx.rest.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.rest.message.Cursor;
import org.meowmx.rest.message.Json;

/**
 * One client that follows the log: where it is, and whether it has taken what it was sent. It is sent the next page only after
 * it has taken the last one, so that a slow client costs no more than one page; and only what its connection takes without
 * waiting is written (Servlet 6.0, section 5.7). Open Liberty waits nevertheless, for up to its write timeout: a client that
 * takes nothing holds one thread there, which is why each is written to by a task of its own.
 */
final class LiveReader implements WriteListener {

    /** How much is written at once, in bytes. */
    private static final int PIECE = 64 * 1024;

    private final UUID log;
    private final AsyncContext connection;
    private final ServletOutputStream out;
    private final Runnable taken;
    private final Queue<byte[]> pending = new ArrayDeque<>();
    /** How many bytes of the first pending message are written. */
    private int begun;

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

    /** Begins with a heartbeat, so that the client sees that it is connected, and where it is. */
    void start() throws IOException {
        out.write(heartbeat(query.after()));
        out.flush();
        out.flush(); // Open Liberty ignores the first of a response
        out.setWriteListener(this);
    }

    UUID log() {
        return log;
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
     * @param messages its events as {@link #message} makes them, shared by all who take them
     * @param readTo where the page ends
     * @return whether there are any, to be written by {@link #onWritePossible}
     */
    synchronized boolean take(List<byte[]> messages, long readTo) {
        if (!messages.isEmpty()) {
            begin();
            pending.addAll(messages);
        }
        query = query.after(readTo);
        return !messages.isEmpty();
    }

    /** @param newest the position of the newest event of the log that is decided */
    synchronized void takeHeartbeat(long newest) {
        begin();
        pending.add(heartbeat(Math.min(newest, query.after())));
    }

    /**
     * A comment, and an id without data, by which a client that has received no event yet knows where to go on (HTML standard,
     * 9.2.6). It is never beyond the newest event: a position that no event has may be drawn again after a crash of the
     * database.
     */
    private byte[] heartbeat(long position) {
        return ": heartbeat\nid: %s\n\n".formatted(new Cursor(log, position)).getBytes(StandardCharsets.UTF_8);
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
                byte[] next = pending.peek();
                if (next != null) {
                    writePiece(next);
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

    private void writePiece(byte[] next) throws IOException {
        int length = Math.min(PIECE, next.length - begun);
        out.write(next, begun, length);
        begun += length;
        unflushed = true;
        lastSent = System.nanoTime();
        if (begun == next.length) {
            pending.remove();
            begun = 0;
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

    /** An event as it goes over the connection. */
    static byte[] message(UUID log, RecordedEvent event) {
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
