package org.meowmx.storage;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import org.meowmx.AroundAppend;
import org.meowmx.CurrentEvent;
import org.meowmx.EventStore;
import org.meowmx.EventsAppended;
import org.meowmx.LogCatalog;
import org.meowmx.StoreClock;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.SchemaMode;
import org.meowmx.configuration.Settings;
import org.meowmx.metadata.ContributedMetadata;
import org.meowmx.serialization.AppendRules;
import org.meowmx.serialization.EventSerializer;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.OwnTransaction;

/** Builds the event store and the catalogue of its log from what the platform gives. */
@ApplicationScoped
class Storage {

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
    Settings settings;

    private EventStore eventStore;
    private LogCatalog logCatalog;

    /**
     * Creates this bean at start: on some servers only the application's own threads can look up the registry. The first read
     * of the status tells the store which positions are in use.
     */
    void start(@Observes Startup event) {
        if (settings.get(Keys.SCHEMA_MODE) != SchemaMode.NONE) {
            eventStore.status();
        }
    }

    @PostConstruct
    void build() {
        Dialect dialect = Dialect.of(database.product());
        Log log = dialect.log(em, current.registry(), clock);
        PageReader pages = new PageReader(em, dialect, serializer);
        EventReader reader = new EventReader(em, pages, serializer);
        PositionGuard guard = dialect.guard();
        AppendErrors errors = new AppendErrors(log, reader, guard, own);
        Appender appender = new Appender(log, new RepeatedEvents(pages), reader, serializer.binder(), guard, errors);
        BatchFactory batches =
                new BatchFactory(new AppendRules(settings.get(Keys.MAX_EVENTS)), serializer, currentEvent, contributed);
        InlineObservers inline = new InlineObservers(observers, events, appended, currentEvent, serializer.binder());
        AppendTransaction appending = new AppendTransaction(batches, appender, inline, current, own, guard);
        ReadTransaction reading = new ReadTransaction(current, own);
        eventStore = new DatabaseEventStore(
                around(appending), reading, reader, pages, log, guard, serializer.binder(), new TimeSearch(em));
        logCatalog = new DatabaseLogCatalog(em, log, reader, reading);
    }

    /** Without the package that has the bean, nothing is around an append. */
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
    LogCatalog logCatalog() {
        return logCatalog;
    }
}
