package shop.trial;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.meowmx.Appended;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import shop.Reminder;

/** Appends from the places in which code of an application runs, and keeps what came of it. */
@ApplicationScoped
public class Places {

    @EventType("noted")
    public record Noted(String key) {}

    /** A piece of work is done. */
    public record Done(String id) {}

    @Inject
    EventStore events;

    @Inject
    Event<Done> done;

    @PersistenceContext(unitName = "shop")
    EntityManager em;

    @Resource
    ManagedExecutorService executor;

    @Resource
    ManagedScheduledExecutorService scheduler;

    @Resource
    TransactionSynchronizationRegistry registry;

    private final Map<String, String> outcomes = new ConcurrentHashMap<>();
    private final Map<String, Set<TransactionPhase>> phases = new ConcurrentHashMap<>();

    /** The result of an append; empty if there was none yet. */
    public String outcome(String place, String id) {
        return outcomes.getOrDefault(place + "-" + id, "");
    }

    /** The phases in which inline observers were notified of an append. */
    public Set<TransactionPhase> phases(String place, String id) {
        return phases.getOrDefault(place + "-" + id, Set.of());
    }

    private void notified(Noted noted, TransactionPhase phase) {
        phases.computeIfAbsent(noted.key(), key -> new ConcurrentSkipListSet<>())
                .add(phase);
    }

    void noted(@Observes @Appended Noted noted) {
        notified(noted, TransactionPhase.IN_PROGRESS);
    }

    void notedBeforeCommit(@Observes(during = TransactionPhase.BEFORE_COMPLETION) @Appended Noted noted) {
        notified(noted, TransactionPhase.BEFORE_COMPLETION);
    }

    void notedAfterSuccess(@Observes(during = TransactionPhase.AFTER_SUCCESS) @Appended Noted noted) {
        notified(noted, TransactionPhase.AFTER_SUCCESS);
    }

    void notedAfterCompletion(@Observes(during = TransactionPhase.AFTER_COMPLETION) @Appended Noted noted) {
        notified(noted, TransactionPhase.AFTER_COMPLETION);
    }

    /** Appends in the caller's place. */
    public void append(String place, String id) {
        String key = place + "-" + id;
        try {
            events.append(StreamId.of("place", key), ExpectedVersion.any(), NewEvent.of(new Noted(key)));
            outcomes.put(key, "appended");
        } catch (RuntimeException e) {
            outcomes.put(key, e.toString());
            throw e;
        }
    }

    /** The entity's callback appends. */
    @Transactional
    public void persist(String id) {
        em.persist(new Reminder(id));
    }

    /** A transaction whose phases and whose synchronization append. */
    @Transactional
    public void finish(String id) {
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                append("before-completion", id);
            }

            @Override
            public void afterCompletion(int status) {
                append("after-completion", id);
            }
        });
        done.fire(new Done(id));
    }

    void beforeCommit(@Observes(during = TransactionPhase.BEFORE_COMPLETION) Done work) {
        append("phase-before-completion", work.id());
    }

    void afterSuccess(@Observes(during = TransactionPhase.AFTER_SUCCESS) Done work) {
        append("phase-after-success", work.id());
    }

    void afterCompletion(@Observes(during = TransactionPhase.AFTER_COMPLETION) Done work) {
        append("phase-after-completion", work.id());
    }

    /** Other threads of the server append. */
    @Transactional
    public void hand(String id) {
        executor.submit(() -> append("executor", id));
        scheduler.schedule(() -> append("scheduler", id), 1, TimeUnit.MILLISECONDS);
        done.fireAsync(new Done(id));
    }

    void asynchronously(@ObservesAsync Done work) {
        append("async-observer", work.id());
    }
}
