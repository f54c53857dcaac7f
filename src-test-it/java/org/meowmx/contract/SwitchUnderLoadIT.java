package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.projection.Projections;
import org.meowmx.server.Engine;
import org.meowmx.server.ExistingDatabase;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.Sql;
import org.meowmx.subscription.LiveOnly;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/**
 * Two nodes switch a projection back and forth while writers append. A checker compares what readers see and which live effects
 * happened. {@code -Dprojections.switches=50} switches more often than the regular build.
 */
@MeowmxTest(
        beans = {Sql.class, SwitchUnderLoadIT.Reader.class},
        config = {
            "meowmx.subscription.enabled=true",
            "meowmx.subscription.poll-interval=PT0.02S",
            "meowmx.subscription.list.segments=2",
            "meowmx.subscription.list@2.segments=3",
            "meowmx.subscription.check-names=false"
        },
        database = PostgreSqlDatabase.class)
class SwitchUnderLoadIT {

    private static final int SWITCHES = Integer.getInteger("projections.switches", 6);
    private static final int STREAMS = 8;

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Projections projections;

    @Inject
    Sql sql;

    @Inject
    Reader reader;

    private final List<Engine> nodes = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** Whether writers wait, because the version that takes over lacks too much on a slow machine. */
    private final AtomicBoolean tooFast = new AtomicBoolean();

    /** Both versions of the list. They append an event for each order, and the serving version records a live effect. */
    @ApplicationScoped
    static class Lists {

        @Inject
        Sql sql;

        @Inject
        EventStore events;

        void first(@Observes @Subscribed(value = "list", category = "order") RecordedEvent event) {
            handle(1, event);
        }

        void second(@Observes @Subscribed(value = "list", version = 2, category = "order") RecordedEvent event) {
            handle(2, event);
        }

        void mailFirst(@Observes @Subscribed(value = "list", category = "order") @LiveOnly RecordedEvent event) {
            effect(event);
        }

        void mailSecond(
                @Observes @Subscribed(value = "list", version = 2, category = "order") @LiveOnly RecordedEvent event) {
            effect(event);
        }

        private void handle(int version, RecordedEvent event) {
            sql.update("insert into list (version, position) values (?, ?)", version, event.position());
            events.append(StreamId.of("invoice", event.stream().id()), any(), NewEvent.of("invoiced", "{}"));
        }

        /** The primary key refuses an effect that happened before. */
        private void effect(RecordedEvent event) {
            sql.update("insert into effects (position) values (?)", event.position());
        }
    }

    /** What a request sees: which version serves, and how much its read model has, in one transaction. */
    @ApplicationScoped
    static class Reader {

        @Inject
        Projections projections;

        @Inject
        Sql sql;

        @Transactional
        long seen() {
            return sql.number("select count(*) from list where version = " + projections.serving("list"));
        }
    }

    @BeforeEach
    void startNodes() {
        Jta.committed(() -> sql.asOwner("""
                create table if not exists list (version integer, position bigint, primary key (version, position));
                create table if not exists effects (position bigint primary key)"""));
        String schema = (String) Jta.committed(() -> sql.value("select current_schema()"));
        for (int i = 0; i < 2; i++) {
            nodes.add(Engine.start(
                    new ExistingDatabase(
                            PostgreSqlServer.shared().url(schema),
                            PostgreSqlDatabase.APPLICATION,
                            PostgreSqlDatabase.APPLICATION),
                    Lists.class,
                    Sql.class));
        }
    }

    @AfterEach
    void stopNodes() {
        stopped.set(true);
        nodes.forEach(Engine::close);
    }

    private long write(int writer) {
        long written = 0;
        while (!stopped.get()) {
            if (!tooFast.get()) {
                events.append(
                        StreamId.of("order", "s" + (written + writer) % STREAMS), any(), NewEvent.of("ordered", "{}"));
                written++;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return written;
    }

    /** Reads repeatedly, and returns each case in which a reader saw less than before. */
    private List<String> watch() {
        List<String> wrong = new ArrayList<>();
        long before = 0;
        while (!stopped.get()) {
            long seen = reader.seen();
            if (seen < before) {
                wrong.add("%d rows after %d".formatted(seen, before));
            }
            before = seen;
        }
        return wrong;
    }

    private void switchTo(int version, Engine node) {
        for (int attempt = 1; ; attempt++) {
            try {
                node.get(Projections.class).switchTo("list", version);
                tooFast.set(false);
                return;
            } catch (SubscriptionBusyException | SubscriptionConflictException e) {
                if (attempt == 600) {
                    throw e;
                }
                tooFast.set(attempt > 50);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    @Test
    void readers_never_see_less_and_each_live_effect_happens_once() {
        List<CompletableFuture<Long>> writers =
                List.of(CompletableFuture.supplyAsync(() -> write(0)), CompletableFuture.supplyAsync(() -> write(1)));
        CompletableFuture<List<String>> watcher = CompletableFuture.supplyAsync(this::watch);

        for (int i = 0; i < SWITCHES; i++) {
            switchTo(2 - i % 2, nodes.get(i % 3 % 2));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        stopped.set(true);

        long written = writers.stream().mapToLong(CompletableFuture::join).sum();
        assertThat(watcher.join()).as("rows that a reader had seen before").isEmpty();
        long end = events.status().lastPosition();
        assertThat(subscriptions.await("list", end, Duration.ofSeconds(60))).isTrue();
        assertThat(number("select count(*) from effects")).isEqualTo(written);
        assertThat(number("select count(*) from meowmx_events where category = 'invoice'"))
                .as("events that the handlers appended")
                .isEqualTo(written);
        assertThat(written).isGreaterThan(0);
    }

    private long number(String query) {
        return Jta.committed(() -> sql.number(query));
    }
}
