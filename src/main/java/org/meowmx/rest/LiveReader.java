package org.meowmx.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;

/**
 * One client that follows the log: where it is, and whether it has taken what it was sent. It is sent the next page only after
 * it has taken the last one, so that a slow client costs no more than one page.
 */
final class LiveReader {

    private static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8");

    private final UUID log;
    private final SseEventSink sink;
    private final Sse sse;
    private volatile LogQuery query;
    private volatile boolean sending;
    private volatile boolean lost;
    private volatile long lastSent = System.nanoTime();

    /** @param query what it asks for, behind which position */
    LiveReader(LogQuery query, UUID log, SseEventSink sink, Sse sse) {
        this.query = query;
        this.log = log;
        this.sink = sink;
        this.sse = sse;
    }

    LogQuery query() {
        return query;
    }

    /** Whether it has taken all that it was sent. */
    boolean isReady() {
        return !sending && !isGone();
    }

    boolean isGone() {
        return lost || sink.isClosed();
    }

    /** Whether nothing was sent, or nothing taken, for this long. */
    boolean isSilentFor(Duration time) {
        return System.nanoTime() - lastSent > time.toNanos();
    }

    /**
     * Sends the events of a page, and goes on behind it.
     *
     * @param then run when the client has taken them, or is lost
     */
    void send(LogPage page, Runnable then) {
        query = query.after(page.readTo());
        if (page.events().isEmpty()) {
            return;
        }
        begin();
        CompletionStage<?> taken = CompletableFuture.completedStage(null);
        for (RecordedEvent event : page.events()) {
            taken = taken.thenCompose(before -> sink.send(message(event)));
        }
        end(taken, then);
    }

    void sendHeartbeat() {
        begin();
        end(
                CompletableFuture.completedStage(null)
                        .thenCompose(before -> sink.send(
                                sse.newEventBuilder().comment("heartbeat").build())),
                () -> {});
    }

    private void begin() {
        sending = true;
        lastSent = System.nanoTime();
    }

    private void end(CompletionStage<?> taken, Runnable then) {
        taken.whenComplete((result, thrown) -> {
            lost |= thrown != null;
            sending = false;
            then.run();
        });
    }

    private OutboundSseEvent message(RecordedEvent event) {
        String json = new String(Json.bytes(out -> Json.event(out, event)), StandardCharsets.UTF_8);
        return sse.newEventBuilder()
                .id(new Cursor(log, event.position()).toString())
                .mediaType(TEXT)
                .data(json)
                .build();
    }

    void close() {
        sink.close();
    }
}
