package org.meowmx.storage;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import org.meowmx.AroundAppend;
import org.meowmx.CurrentEvent;
import org.meowmx.EventImport;
import org.meowmx.EventStore;
import org.meowmx.EventsAppended;
import org.meowmx.LogCatalog;
import org.meowmx.LogGrowth;
import org.meowmx.StoreClock;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.SchemaMode;
import org.meowmx.configuration.Settings;
import org.meowmx.metadata.ContributedMetadata;
import org.meowmx.serialization.AppendRules;
import org.meowmx.serialization.EventSerializer;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.HandlerThread;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.TransactionTimeout;

/** Builds the event store and the catalog of its log from the resources of the platform. */
@ApplicationScoped
class Storage {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    CurrentTransaction current;

    @Inject
    OwnTransaction own;

    @Inject
    Database database;

    @Inject
    @StoreClock
    Clock clock;

    @Inject
    EventSerializer serializer;

    @Inject
    CurrentEvent currentEvent;

    @Inject
    HandlerThread handlers;

    @Inject
    ContributedMetadata contributed;

    @Inject
    Instance<AroundAppend> aroundAppend;

    @Inject
    AppendedObservers observers;

    @Inject
    @Any
    Event<Object> events;

    @Inject
    Event<EventsAppended> appended;

    @Inject
    Event<LogGrowth> growth;

    @Inject
    TransactionTimeout timeout;

    @Inject
    Settings settings;

    private SharedAppends shared;
    private EventStore eventStore;
    private EventImport eventImport;
    private LogCatalog logCatalog;

    /**
     * Creates this bean at start: on some servers only the application's own threads can look up the registry. Also reads the status,
     * so the store knows which positions are in use, and whether callers may share transactions. With the schema mode {@code none}, the
     * first append reads the latter.
     */
    void start(@Observes Startup event) {
        if (settings.get(Keys.SCHEMA_MODE) != SchemaMode.NONE) {
            eventStore.status();
            shared.areOn();
        }
    }

    /** Groups that exist are still written. Later appends run alone. */
    void stop(@Observes Shutdown event) {
        shared.stop(STOP_LIMIT);
    }

    @PostConstruct
    void build() {
        Dialect dialect = Dialect.of(database.product());
        Log log = dialect.log(em, current.registry(), clock);
        PageReader pages = new PageReader(em, log, dialect, serializer);
        EventReader reader = new EventReader(em, pages, serializer);
        PositionGuard guard = dialect.guard();
        AppendErrors errors = new AppendErrors(log, reader, guard, own);
        DerivedIds derivedIds = new DerivedIds(currentEvent, handlers, current);
        RepeatedEvents repeated = new RepeatedEvents(pages, derivedIds);
        Appender appender = new Appender(log, repeated, reader, serializer.binder(), guard, errors);
        BatchFactory batches =
                new BatchFactory(new AppendRules(settings.get(Keys.MAX_EVENTS)), serializer, currentEvent, contributed);
        ReadTransaction reading = new ReadTransaction(current, own);
        logCatalog = new DatabaseLogCatalog(em, log, reader, reading);
        InlineObservers inline = new InlineObservers(
                observers, events, appended, currentEvent, handlers, logCatalog::logId, serializer.binder());
        CommittedAppends committed = new CommittedAppends(guard, current, growth);
        shared = new SharedAppends(settings.get(Keys.GROUP_COMMIT), log, appender, guard, committed, own, timeout);
        AppendTransaction appending =
                new AppendTransaction(batches, derivedIds, appender, inline, current, own, committed, shared);
        eventStore = new DatabaseEventStore(
                around(appending), reading, reader, pages, log, guard, serializer.binder(), new TimeSearch(em));
        eventImport = new DatabaseEventImport(batches, appender, repeated, inline, committed, current, own);
    }

    /** Without the package that has the bean, appends run directly. */
    private AroundAppend.Proceed around(AppendTransaction appending) {
        if (aroundAppend.isUnsatisfied()) {
            return appending::append;
        }
        AroundAppend around = aroundAppend.get();
        return appends -> around.append(appends, appending::append);
    }

    @Produces
    @ApplicationScoped
    EventStore eventStore() {
        return eventStore;
    }

    @Produces
    @ApplicationScoped
    EventImport eventImport() {
        return eventImport;
    }

    @Produces
    @ApplicationScoped
    LogCatalog logCatalog() {
        return logCatalog;
    }
}
