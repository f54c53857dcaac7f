package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = {ReplayContract.Handlers.class, Sql.class},
        config = {ReplayContract.PARK, ReplayContract.ATTEMPTS, ReplayContract.RANDOM_IDS, ReplayContract.RENAMED},
        database = PostgreSqlDatabase.class)
class ReplayOnPostgreSqlIT extends ReplayContract {

    /**
     * This is not possible on H2, where an append waits for the surrounding transaction. The observer of the append
     * appends in its own transaction, and the turn is rolled back.
     */
    @Test
    void observers_of_an_append_derive_ids_from_the_appended_event() {
        List<String> calls = new ArrayList<>();
        handlers.doesWhenInvoiced(
                invoiced -> own.run(() -> events.append(StreamId.of("book", 1L), any(), NewEvent.of(new Booked("b")))));
        handlers.does(ordered -> {
            calls.add("call");
            invoice("a");
            if (calls.size() == 1) {
                throw new IllegalStateException("once");
            }
        });
        order(ORDER, 1);
        assertThatThrownBy(() -> subscriptions.catchUp("invoices")).hasMessage("once");
        assertThat(invoices()).isEmpty();
        subscriptions.catchUp("invoices");
        assertThat(invoices()).containsExactly("invoiced a");
        assertThat(texts(StreamId.of("book", 1L))).containsExactly("booked b");
    }

    /** Without a subscription: the writer repeats its append with the id that it gave. */
    @Test
    void observers_of_a_repeated_append_recognise_what_they_appended_in_a_transaction_of_their_own() {
        UUID id = UUID.randomUUID();
        List<String> calls = new ArrayList<>();
        handlers.doesWhenInvoiced(invoiced -> {
            own.run(() -> events.append(StreamId.of("book", 1L), any(), NewEvent.of(new Booked("b"))));
            calls.add("call");
            if (calls.size() == 1) {
                throw new IllegalStateException("once");
            }
        });
        NewEvent invoice = NewEvent.of(new Invoiced("a")).withId(id);
        assertThatThrownBy(() -> events.append(INVOICE, any(), invoice)).hasMessage("once");
        events.append(INVOICE, any(), invoice);
        assertThat(texts(StreamId.of("book", 1L))).containsExactly("booked b");
    }
}
