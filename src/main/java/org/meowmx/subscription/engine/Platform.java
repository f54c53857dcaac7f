package org.meowmx.subscription.engine;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.meowmx.CurrentEvent;
import org.meowmx.DataBinder;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.StoreClock;
import org.meowmx.configuration.ApplicationName;
import org.meowmx.configuration.Settings;
import org.meowmx.projection.Projections;
import org.meowmx.subscription.FailureClassifier;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.subscription.lease.LeaseDelivery;
import org.meowmx.subscription.lease.Leases;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.HandlerThread;
import org.meowmx.transaction.OwnTransaction;

/**
 * The edge between the engine and the container: the objects that the engine gets from the container and other
 * packages, and those that other beans can inject. Everything else in the engine is created by
 * {@link SubscriptionEngine}.
 *
 * <p>The producers are static, and the engine is a pseudo-scoped singleton, so that no class of the engine needs a
 * client proxy.
 */
@Dependent
class Platform {

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    ManagedScheduledExecutorService executor;

    @Inject
    ClaimTransaction claimTransaction;

    @Inject
    OwnTransaction ownTransaction;

    @Inject
    CurrentTransaction currentTransaction;

    @Inject
    Database database;

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    @Inject
    CurrentEvent currentEvent;

    @Inject
    DataBinder binder;

    @Inject
    HandlerThread handlers;

    @Inject
    @Any
    Event<Object> notifier;

    @Inject
    Instance<FailureClassifier> failureClassifiers;

    @Inject
    @StoreClock
    Clock clock;

    @Inject
    SubscriptionRegistry registry;

    @Inject
    Settings settings;

    @Inject
    ApplicationName applicationName;

    @Inject
    @ConfigProperty(name = "HOSTNAME")
    Optional<String> hostName;

    /** Needs no other object, so the liveness check works even if the engine cannot be created. */
    @Produces
    @Singleton
    static PollLoopWatchdog watchdog() {
        return new PollLoopWatchdog();
    }

    @Produces
    @Singleton
    static SubscriptionEngine engine(Platform platform, PollLoopWatchdog watchdog) {
        return new SubscriptionEngine(platform, watchdog);
    }

    @Produces
    @ApplicationScoped
    static Projections projections(SubscriptionEngine engine) {
        return new DatabaseProjections(engine);
    }

    @Produces
    @ApplicationScoped
    static Subscriptions subscriptions(SubscriptionEngine engine) {
        return new DatabaseSubscriptions(engine);
    }

    @Produces
    @ApplicationScoped
    static Leases leases(SubscriptionEngine engine) {
        return engine.leases;
    }

    @Produces
    @ApplicationScoped
    static LeaseDelivery leaseDelivery(SubscriptionEngine engine) {
        return engine.leases;
    }
}
