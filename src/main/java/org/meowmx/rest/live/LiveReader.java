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
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.rest.answer.EventAnswer;
import org.meowmx.rest.message.Cursor;
import org.meowmx.rest.message.Json;

/**
 * A client that follows the log, with its position and the event by which a log that went back is detected. The client receives the
 * next page only after it has taken the last one, so a slow client costs at most one page of memory. Writes should not block (Servlet
 * 6.0, section 5.7), but on Open Liberty they block for up to the write timeout. Therefore a separate task writes to each client, and a
 * client that takes no data holds one thread there. The server's own first call of {@link #onWritePossible} finds no data.
 */
final class LiveReader implements WriteListener {

    /** The largest single write, in bytes. */
    private static final int PIECE = 64 * 1024;

    private final AsyncContext connection;
    private final ServletOutputStream out;
    private final Runnable taken;
    private final Queue<byte[]> pending = new ArrayDeque<>();
    /** The number of bytes of the first pending message that are written. */
    private int written;

    private boolean unflushed;
    private volatile LogQuery query;
    private volatile Cursor cursor;
    /** Initially true: the client takes data after the server has called {@link #onWritePossible}. */
    private volatile boolean sending = true;

    private volatile boolean gone;
    private volatile long lastSent = System.nanoTime();

    /**
     * @param query the filter, and the position after which the client reads
     * @param cursor the newest event at or below this position
     * @param taken runs whenever the client has taken all data
     */
    LiveReader(LogQuery query, Cursor cursor, AsyncContext connection, Runnable taken) throws IOException {
        this.query = query;
        this.cursor = cursor;
        this.connection = connection;
        this.out = connection.getResponse().getOutputStream();
        this.taken = taken;
    }

    /** Sends a first heartbeat, so the client knows that it is connected, and its position. */
    void start() throws IOException {
        out.write(heartbeat());
        out.flush();
        out.flush(); // Open Liberty ignores the first of a response
        out.setWriteListener(this);
    }

    LogQuery query() {
        return query;
    }

    /** The newest event that the client has read or skipped, because its filter does not match. */
    Cursor cursor() {
        return cursor;
    }

    /** Whether the client has taken all data. */
    boolean isReady() {
        return !sending && !gone;
    }

    boolean isGone() {
        return gone;
    }

    /** Whether no data was written for this time. */
    boolean isSilentFor(Duration time) {
        return System.nanoTime() - lastSent > time.toNanos();
    }

    /**
     * Takes a page of events, and moves to its end.
     *
     * @param messages the events, each from {@link #message}; readers share them
     * @param reached the event at which the page ends
     * @return whether there are messages, which {@link #onWritePossible} must write
     */
    synchronized boolean take(List<byte[]> messages, Cursor reached) {
        if (!messages.isEmpty()) {
            begin();
            pending.addAll(messages);
        }
        query = query.after(reached.position());
        cursor = reached;
        return !messages.isEmpty();
    }

    synchronized void takeHeartbeat() {
        begin();
        pending.add(heartbeat());
    }

    /**
     * A comment, and an id without data, from which a client that has received no event yet can resume (HTML standard, 9.2.6). The id
     * always names an event, because after a crash the database may assign a position without an event again.
     */
    private byte[] heartbeat() {
        return ": heartbeat\nid: %s\n\n".formatted(cursor).getBytes(StandardCharsets.UTF_8);
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
    static byte[] message(Cursor cursor, RecordedEvent event) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(("id: " + cursor + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        message.writeBytes(Json.answer(EventAnswer.of(event)));
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
