package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.IdempotencyKey;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.aggregate.CommandContext;
import org.meowmx.aggregate.Decider;
import org.meowmx.aggregate.Difference;
import org.meowmx.aggregate.Difference.Change;
import org.meowmx.aggregate.Repositories;
import org.meowmx.aggregate.Repository;
import org.meowmx.aggregate.Versioned;
import org.meowmx.contract.Account.Command;

/** Deciders and aggregates through one repository; states of any version. */
abstract class RepositoryContract {

    private static final String CATEGORY = "account";

    @Inject
    EventStore events;

    @Inject
    Repositories repositories;

    private Repository<Command, Account, AccountEvent> accounts;
    private Repository<Consumer<AccountObject>, AccountObject, AccountEvent> objects;

    @BeforeEach
    void makeRepositories() {
        accounts = repositories.of(CATEGORY, AccountEvent.class, Account.DECIDER);
        objects = repositories.of(CATEGORY, AccountEvent.class, Decider.aggregate(AccountObject::new));
    }

    private static Account account(String owner, long cents, int movements) {
        return new Account(new Account.Owner(owner), cents, movements);
    }

    @Test
    void what_has_not_begun_is_in_its_initial_state() {
        Versioned<Account> nothing = accounts.load("unknown");

        assertThat(nothing).isEqualTo(new Versioned<>(StreamId.of(CATEGORY, "unknown"), 0, Account.NONE));
        assertThat(nothing.exists()).isFalse();
    }

    @Test
    void a_command_becomes_events_and_the_next_state() {
        UUID id = UUID.randomUUID();
        accounts.update(id, new Command.Open("ann"));

        Versioned<Account> after = accounts.update(id, new Command.Deposit(500));

        assertThat(after.version()).isEqualTo(2);
        assertThat(after.state()).isEqualTo(account("ann", 500, 1));
        assertThat(accounts.load(id)).isEqualTo(after);
        assertThat(events.read(StreamId.of(CATEGORY, id)).as(AccountEvent.class))
                .containsExactly(new AccountEvent.Opened("ann"), new AccountEvent.Deposited(500));
    }

    @Test
    void a_command_that_leads_to_nothing_stores_nothing() {
        assertThat(accounts.update(1L, new Command.Close()).version()).isZero();
        assertThat(events.read(StreamId.of(CATEGORY, 1L)).isEmpty()).isTrue();
    }

    @Test
    void a_command_that_is_refused_stores_nothing() {
        assertThatThrownBy(() -> accounts.update(1L, new Command.Withdraw(1))).hasMessage("not enough money");
        assertThat(accounts.load(1L).exists()).isFalse();
    }

    @Test
    void an_object_with_behaviour_is_changed_by_calling_it() {
        objects.update(1L, account -> {
            account.open("ann");
            account.deposit(500);
            account.withdraw(200);
        });

        AccountObject loaded = objects.load(1L).state();

        assertThat(loaded.state()).isEqualTo(account("ann", 300, 2));
        assertThat(loaded.version()).isEqualTo(3);
        assertThat(loaded.pending()).isEmpty();
        assertThat(accounts.load(1L).state()).isEqualTo(loaded.state());
    }

    @Test
    void an_object_is_saved_with_what_it_has_raised() {
        Versioned<AccountObject> loaded = objects.load(1L);
        loaded.state().open("ann");
        loaded.state().deposit(500);
        assertThat(loaded.state().pending())
                .containsExactly(new AccountEvent.Opened("ann"), new AccountEvent.Deposited(500));

        Versioned<AccountObject> saved = objects.save(loaded, loaded.state().pending());

        assertThat(saved.version()).isEqualTo(2);
        assertThat(saved.state().pending()).isEmpty();
        assertThat(saved.state().version()).isEqualTo(2);
        assertThat(saved.state().state()).isEqualTo(account("ann", 500, 1));
        saved.state().deposit(1);
        assertThat(objects.save(saved, saved.state().pending()).version()).isEqualTo(3);
    }

    @Test
    void two_equal_events_in_a_row_are_two() {
        objects.update(1L, account -> {
            account.deposit(5);
            account.deposit(5);
        });

        assertThat(objects.load(1L).state().state().cents()).isEqualTo(10);
    }

    @Test
    void whoever_comes_second_with_what_was_loaded_is_told() {
        Versioned<Account> loaded = accounts.load(1L);
        accounts.update(1L, new Command.Open("bo"));

        assertThatThrownBy(() -> accounts.save(loaded, List.of(new AccountEvent.Opened("ann"))))
                .isInstanceOfSatisfying(WrongExpectedVersionException.class, e -> assertThat(e.actual())
                        .isEqualTo(1));
    }

    @Test
    void the_events_of_a_command_get_its_metadata() {
        CommandContext context = CommandContext.of(Metadata.of("user", "ann")).withMetadata("reason", "promotion");

        accounts.update(1L, new Command.Open("ann"), context);
        accounts.save(accounts.load(1L), List.of(new AccountEvent.Deposited(5)), context);

        assertThat(events.read(StreamId.of(CATEGORY, 1L)))
                .extracting(event -> event.metadata().entries())
                .containsOnly(Map.of("user", "ann", "reason", "promotion"))
                .hasSize(2);
    }

    @Test
    void a_command_with_a_key_is_handled_once() {
        CommandContext context = CommandContext.once(IdempotencyKey.of(UUID.randomUUID()));
        accounts.update(1L, new Command.Open("ann"));
        Versioned<Account> first = accounts.update(1L, new Command.Deposit(500), context);

        Versioned<Account> second = accounts.update(1L, new Command.Deposit(500), context);

        assertThat(second).isEqualTo(first);
        accounts.update(1L, new Command.Withdraw(500));
        assertThat(accounts.update(1L, new Command.Deposit(500), context)
                        .state()
                        .cents())
                .as("not decided again")
                .isZero();
    }

    @Test
    void events_with_a_key_that_were_decided_twice_are_saved_once() {
        CommandContext context = CommandContext.once(IdempotencyKey.of("k"));
        Versioned<Account> loaded = accounts.load(1L);
        List<AccountEvent> decided = List.of(new AccountEvent.Opened("ann"), new AccountEvent.Deposited(5));

        Versioned<Account> saved = accounts.save(loaded, decided, context);

        assertThat(accounts.save(loaded, decided, context)).isEqualTo(saved);
        assertThat(saved.version()).isEqualTo(2);
        assertThatThrownBy(() -> accounts.save(loaded, List.of(new AccountEvent.Opened("bo")), context))
                .isInstanceOf(EventIdConflictException.class);
    }

    @Test
    void a_callers_transaction_is_joined_and_its_own_events_are_seen() {
        Jta.rolledBack(() -> {
            accounts.update(1L, new Command.Open("ann"));
            assertThat(accounts.update(1L, new Command.Deposit(5)).version()).isEqualTo(2);
            return null;
        });

        assertThat(accounts.load(1L).exists()).isFalse();
    }

    @Test
    void a_state_can_be_had_at_any_version() {
        deposits(3);
        StreamId stream = accounts.stream("1");

        assertThat(accounts.at(stream, 0).state()).isEqualTo(Account.NONE);
        assertThat(accounts.at(stream, 2)).isEqualTo(new Versioned<>(stream, 2, account("", 3, 2)));
        assertThat(accounts.at(stream, 99)).isEqualTo(accounts.load(stream));
        assertThatThrownBy(() -> accounts.at(stream, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_state_can_be_had_as_of_a_time() {
        Instant noon = Instant.parse("2024-01-01T12:00:00Z");
        StreamId stream = accounts.stream("1");
        for (int hour = 0; hour < 3; hour++) {
            NewEvent event = NewEvent.of(new AccountEvent.Deposited(1));
            events.append(stream, ExpectedVersion.any(), event.withRecordedAt(noon.plusSeconds(3_600L * hour)));
        }

        assertThat(accounts.asOf(stream, noon.minusSeconds(1)).exists()).isFalse();
        assertThat(accounts.asOf(stream, noon.plusSeconds(3_600)).version()).isEqualTo(2);
        assertThat(accounts.asOf(stream, Instant.now()).version()).isEqualTo(3);
    }

    @Test
    void the_difference_of_two_states_names_events_and_components() {
        deposits(2);
        accounts.update(1L, new Command.Open("ann"));
        StreamId stream = accounts.stream("1");

        Difference<Account> difference = accounts.difference(accounts.at(stream, 1), accounts.load(stream));

        assertThat(difference.events()).extracting(event -> event.version()).containsExactly(2L, 3L);
        assertThat(difference.changes())
                .containsExactly(
                        new Change("owner.name", "", "ann"),
                        new Change("cents", 1L, 3L),
                        new Change("movements", 1, 2));
        assertThat(accounts.difference(accounts.load(stream), accounts.load(stream))
                        .changes())
                .isEmpty();
        assertThatThrownBy(() -> accounts.difference(accounts.load(stream), accounts.at(stream, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("account/1 v3 is not an earlier state of account/1 v1");
    }

    /** 1, then 2, then 3, … cents. */
    private void deposits(int count) {
        for (int i = 1; i <= count; i++) {
            accounts.update(1L, new Command.Deposit(i));
        }
    }

    @Test
    void a_stream_of_another_category_is_refused() {
        assertThatThrownBy(() -> accounts.load(StreamId.of("order", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Stream order/1 does not belong to the category 'account' of this repository");
    }
}
