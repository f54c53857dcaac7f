package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.meowmx.IsolationException;
import org.meowmx.server.StrictPostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(database = StrictPostgreSqlDatabase.class)
class TransactionOnStrictPostgreSqlIT extends TransactionContract {

    /** In the caller's own transaction, which is serializable here, the log is refused. */
    @Test
    @Override
    void the_log_does_not_show_a_transactions_own_events_to_itself() {
        assertThatThrownBy(super::the_log_does_not_show_a_transactions_own_events_to_itself)
                .isInstanceOf(IsolationException.class);
    }
}
