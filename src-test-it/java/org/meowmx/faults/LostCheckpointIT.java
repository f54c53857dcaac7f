package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;

/** Promise created-once: a checkpoint disappears under load, as after a failover that lost it. */
@Tag("heavy")
@TrialTest
class LostCheckpointIT {

    private static final int ENOUGH = 300;

    /** Deletes the checkpoint, and writes a move into the ledger, so that the checker does not report a checkpoint that goes back. */
    private static final String LOSE = """
            with lost as (delete from meowmx_checkpoints where subscription = 'whole' returning position)
            insert into ledger (subscription, position, turn, process) select 'whole', position, 'lost', 0 from lost""";

    private static final String POSITION = "select position from ledger where turn = 'lost'";

    private static final String HANDLED =
            "select count(*) from ledger where subscription = 'whole' and event_id is not null";

    @Inject
    Trial trial;

    @Inject
    Subscriptions subscriptions;

    @TempDir
    Path folder;

    private void awaitHandled(long events) throws Exception {
        Awaitility.await().atMost(Trial.PATIENCE).until(() -> trial.number(HANDLED) >= events);
    }

    @Test
    void no_event_is_handled_again_and_an_operator_continues_where_it_was() throws Exception {
        trial.begin(PostgreSqlServer.shared(), folder);
        try (Load load = trial.load(4, 50)) {
            awaitHandled(ENOUGH);
            trial.execute(LOSE);
            long handled = trial.number(HANDLED);

            Awaitility.await()
                    .atMost(Trial.PATIENCE)
                    .ignoreException(UnknownSubscriptionException.class)
                    .until(() -> subscriptions.status(Readers.WHOLE).state() == State.PAUSED);
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> trial.number(HANDLED) == handled);
            assertThat(subscriptions.status(Readers.WHOLE).segments().get(0).lastFailure())
                    .contains("disappeared");

            subscriptions.reposition(Readers.WHOLE, ReadFrom.after(trial.number(POSITION)));
            subscriptions.resume(Readers.WHOLE);
            awaitHandled(handled + ENOUGH);
            trial.stop(load);
        }
        trial.settle();
        trial.verdict();
    }
}
