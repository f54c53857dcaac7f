package org.meowmx.aggregate;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.meowmx.JsonBinding;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/** Builds the objects for snapshots: their table, the background worker that takes them, and a keeper for each repository. */
@ApplicationScoped
class SnapshotEngine {

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    ManagedScheduledExecutorService executor;

    @Inject
    CurrentTransaction current;

    @Inject
    OwnTransaction own;

    @Inject
    JsonBinding json;

    private SnapshotTable table;
    private SnapshotTaker taker;

    /** Creates this bean at start: on some servers only the application's own threads can look up the executor. */
    void start(@Observes Startup event) {}

    @PostConstruct
    void build() {
        table = new SnapshotTable(em, current, own);
        taker = new SnapshotTaker(executor);
    }

    <S, R extends Record> SnapshotKeeper<S, R> keeper(Snapshots<S, R> snapshots) {
        return new SnapshotKeeper<>(snapshots, table, taker, json);
    }

    void stop(@Observes Shutdown event) {
        taker.stop();
    }
}
