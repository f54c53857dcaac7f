package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import com.arjuna.ats.jta.TransactionManager;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.XaPostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

/** Events and another resource, such as a message queue, in one XA transaction. */
@MeowmxTest(database = XaPostgreSqlDatabase.class)
class TwoPhaseCommitIT {

    private static final StreamId STREAM = StreamId.of("order", 1L);

    @Inject
    EventStore events;

    private final Queue queue = new Queue();

    /** Another resource, which may refuse to prepare. */
    private final class Queue implements XAResource {

        private final List<String> calls = new ArrayList<>();
        private boolean refuses;

        @Override
        public int prepare(Xid xid) throws XAException {
            calls.add("prepare");
            if (refuses) {
                throw new XAException(XAException.XA_RBROLLBACK);
            }
            return XA_OK;
        }

        @Override
        public void commit(Xid xid, boolean onePhase) {
            calls.add(onePhase ? "commit in one phase" : "commit");
        }

        @Override
        public void rollback(Xid xid) {
            calls.add("rollback");
        }

        @Override
        public void start(Xid xid, int flags) {}

        @Override
        public void end(Xid xid, int flags) {}

        @Override
        public void forget(Xid xid) {}

        @Override
        public int getTransactionTimeout() {
            return 0;
        }

        @Override
        public boolean setTransactionTimeout(int seconds) {
            return false;
        }

        @Override
        public boolean isSameRM(XAResource other) {
            return other == this;
        }

        @Override
        public Xid[] recover(int flag) {
            return new Xid[0];
        }
    }

    private void appendWithQueue() {
        Session session = Session.begin();
        session.does(() -> events.append(STREAM, any(), NewEvent.of("noted", "{}")));
        session.does(() -> {
            try {
                return TransactionManager.transactionManager().getTransaction().enlistResource(queue);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        session.commit();
    }

    @Test
    void both_commit_in_two_phases() {
        appendWithQueue();

        assertThat(queue.calls).containsExactly("prepare", "commit");
        assertThat(events.read(STREAM).version()).isEqualTo(1);
        assertThat(events.scan(LogQuery.all())).hasSize(1);
    }

    @Test
    void a_resource_that_refuses_takes_the_events_back() {
        queue.refuses = true;
        try {
            appendWithQueue();
        } catch (IllegalStateException e) {
            assertThat(e).hasCauseInstanceOf(jakarta.transaction.RollbackException.class);
        }
        assertThat(events.read(STREAM).isEmpty()).isTrue();
        assertThat(events.highWaterMark()).as("nothing holds the mark back").isEqualTo(1);
    }
}
