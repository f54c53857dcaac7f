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
 * A client that follows the log: its position, and whether it has taken the data that it was sent. It receives the next page
 * only after it has taken the last one, so a slow client costs at most one page of memory. Writes do not block (Servlet 6.0,
 * section 5.7). Open Liberty blocks nevertheless, for up to its write timeout. Therefore each client is written to by a task of
 * its own: one that takes no data holds one thread there.
 */
final class LiveReader implements WriteListener {

    /** The largest single write, in bytes. */
    private static final int PIECE = 64 * 1024;

    private final UUID log;
    private final AsyncContext connection;
    private final ServletOutputStream out;
    private final Runnable taken;
    private final Queue<byte[]> pending = new ArrayDeque<>();
    /** The number of bytes of the first pending message that are written. */
    private int written;

    private boolean unflushed;
    private volatile LogQuery query;
    private volatile boolean sending;
    private volatile boolean gone;
    private volatile long lastSent = System.nanoTime();

    /**
     * @param query the filter, and the position after which the client reads
     * @param taken runs each time when the client has taken all data
     */
    LiveReader(LogQuery query, UUID log, AsyncContext connection, Runnable taken) throws IOException {
        this.query = query;
        this.log = log;
        this.connection = connection;
        this.out = connection.getResponse().getOutputStream();
        this.taken = taken;
    }

    /** Sends a first heartbeat: the client sees that it is connected, and its position. */
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

    /** Whether the client has taken all data. */
    boolean isReady() {
        return !sending && !gone;
    }

    boolean isGone() {
        return gone;
    }

    /** Whether no data were written for this long. */
    boolean isSilentFor(Duration time) {
        return System.nanoTime() - lastSent > time.toNanos();
    }

    /**
     * Takes a page of events, and moves to its end.
     *
     * @param messages the events, each from {@link #message}; readers share them
     * @param readTo the position at which the page ends
     * @return whether there are messages, which {@link #onWritePossible} must write
     */
    synchronized boolean take(List<byte[]> messages, long readTo) {
        if (!messages.isEmpty()) {
            begin();
            pending.addAll(messages);
        }
        query = query.after(readTo);
        return !messages.isEmpty();
    }

    /** @param newest the position of the newest event up to the high-water mark */
    synchronized void takeHeartbeat(long newest) {
        begin();
        pending.add(heartbeat(Math.min(newest, query.after())));
    }

    /**
     * A comment, and an id without data: a client that has received no event yet can resume from it (HTML standard, 9.2.6). The
     * id is never greater than the newest event: a position that no event has may be assigned again after a crash of the database.
     */
    private byte[] heartbeat(long position) {
        return ": heartbeat\nid: %s\n\n".formatted(new Cursor(log, position)).getBytes(StandardCharsets.UTF_8);
    }

    private void begin() {
        sending = true;
        lastSent = System.nanoTime();
    }

    /** Writes until the connection would block. The server calls this again when the connection can take more. */
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
        int length = Math.min(PIECE, next.length - written);
        out.write(next, written, length);
        written += length;
        unflushed = true;
        lastSent = System.nanoTime();
        if (written == next.length) {
            pending.remove();
            written = 0;
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

    /** An event as a server-sent event. */
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
                // the server has already completed it
            }
        }
    }
}
