package org.meowmx.bench;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import org.meowmx.RecordedEvent;
import org.meowmx.server.Engine;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;

/**
 * Reading the log into an observer that persists a row for each event.
 *
 * @param multiRow whether the driver turns a batch of rows into one multi-row insert; otherwise it sends them row by
 *     row
 */
record EffectWorkload(String name, boolean multiRow) implements Workload {

    private static final String ALONE = "the same rows, no engine";
    private static final int BATCH = 2_000;
    private static final Class<?>[] BEANS = {OrderRows.class, RowsAlone.class, RowsAlone.Batch.class};

    /** A projection. */
    @ApplicationScoped
    static class OrderRows {

        static final String NAME = "order-rows";

        @PersistenceContext(unitName = "readmodel")
        EntityManager em;

        void add(@Observes @Subscribed(NAME) RecordedEvent event) {
            em.persist(new OrderRow(event.position(), event.stream().id(), event.version()));
        }
    }

    /** Persists the same rows, in transactions with the size of a turn. */
    @ApplicationScoped
    static class RowsAlone {

        @Inject
        Batch batch;

        /** A separate bean, because an interceptor does not see a bean's calls to itself. */
        @ApplicationScoped
        static class Batch {

            @PersistenceContext(unitName = "readmodel")
            EntityManager em;

            @Transactional
            void persist(int from, int to) {
                for (int i = from; i < to; i++) {
                    em.persist(new OrderRow(i + 1, Integer.toString(i % 1_000), i / 1_000 + 1));
                }
            }
        }

        void persist(int rows) {
            for (int from = 0; from < rows; from += BATCH) {
                batch.persist(from, Math.min(rows, from + BATCH));
            }
        }
    }

    static EffectWorkload rowByRow() {
        return new EffectWorkload("catch-up-jpa", false);
    }

    static EffectWorkload inMultiRowInserts() {
        return new EffectWorkload("catch-up-jpa-multi-row", true);
    }

    @Override
    public Outcome run(Lab lab) {
        int events = lab.options().size(20_000, 200_000);
        Engine node = multiRow ? lab.node(BEANS) : lab.nodeRowByRow(BEANS);
        RowsAlone alone = node.get(RowsAlone.class);
        alone.persist(BATCH);
        new History(lab).fill(events);
        Rounds rounds = new Rounds()
                .with(ALONE, () -> rowsPerSecond(lab, events, () -> alone.persist(events)))
                .with(Meowmx.NAME, () -> rowsPerSecond(lab, events, () -> catchUp(node)));
        return new Outcome(
                name,
                "catch-up over %,d events with a row per event by JPA, %s"
                        .formatted(events, multiRow ? "in multi-row inserts" : "row by row"),
                "events/s",
                rounds.run(lab.options()),
                List.of(Target.atLeast(0.60, Meowmx.NAME, ALONE)));
    }

    private static double rowsPerSecond(Lab lab, int events, Runnable work) {
        lab.run("truncate order_rows");
        return CatchUpWorkload.perSecond(events, () -> {
            work.run();
            return lab.number("select count(*) from order_rows");
        });
    }

    private static void catchUp(Engine node) {
        Subscriptions subscriptions = node.get(Subscriptions.class);
        subscriptions.replay(OrderRows.NAME);
        subscriptions.catchUp(OrderRows.NAME);
    }
}
