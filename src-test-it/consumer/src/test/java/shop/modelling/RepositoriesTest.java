package shop.modelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.aggregate.Decider;
import org.meowmx.aggregate.Difference;
import org.meowmx.aggregate.Repositories;
import org.meowmx.aggregate.Repository;
import org.meowmx.aggregate.Snapshots;
import org.meowmx.aggregate.Versioned;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.testkit.TestClock;
import shop.OrderEvent;
import shop.modelling.AccountEvent.Deposited;
import shop.modelling.OrderCommand.Place;
import shop.modelling.OrderCommand.Ship;

@MeowmxTest(beans = {Orders.class, Warehouse.class})
class RepositoriesTest {

    @Inject
    Orders shop;

    @Inject
    Warehouse warehouse;

    @Inject
    Repository<OrderCommand, Order, OrderEvent> orders;

    @Inject
    Repositories repositories;

    @Inject
    EventStore events;

    @Inject
    TestClock clock;

    private final UUID id = UUID.randomUUID();

    @Test
    void an_order_is_shipped_in_one_of_three_ways_and_only_once() {
        List<UUID> ids = List.of(id, UUID.randomUUID(), UUID.randomUUID());
        ids.forEach(order -> shop.place(order, "ann", BigDecimal.TEN));

        shop.ship(ids.get(0));
        warehouse.ship(ids.get(1));
        warehouse.ship(List.of(ids.get(2)), Instant.now());

        assertThat(ids).allSatisfy(order -> {
            assertThat(orders.load(order).state().shippedAt()).isNotNull();
            assertThatThrownBy(() -> warehouse.ship(order)).isInstanceOf(IllegalStateException.class);
        });
    }

    private void deposit(long cents) {
        events.append(StreamId.of("account", id), ExpectedVersion.any(), NewEvent.of(new Deposited(cents)));
    }

    @Test
    void an_aggregate_goes_through_a_repository() {
        deposit(1_000);

        Repository<Consumer<Account>, Account, AccountEvent> accounts =
                repositories.of("account", AccountEvent.class, Decider.aggregate(Account::new));

        accounts.update(id, account -> account.withdraw(500));

        Versioned<Account> loaded = accounts.load(id); // or by hand
        loaded.state().withdraw(500);
        accounts.save(loaded, loaded.state().pending());

        assertThat(accounts.load(id).state().state().cents()).isZero();
        assertThatThrownBy(() -> accounts.update(id, account -> account.withdraw(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void snapshots_are_taken_of_records_and_of_aggregates() {
        Decider<OrderCommand, Order, OrderEvent> decider = Decider.of(Order.NONE, Order::decide, Order::evolve);
        var afterEvents = repositories.of(
                "order", OrderEvent.class, decider, Snapshots.of(Order.class).everyEvents(100));
        var afterTime = repositories.of(
                "order", OrderEvent.class, decider, Snapshots.of(Order.class).whenLoadingTakes(Duration.ofMillis(20)));
        Repository<Consumer<Account>, Account, AccountEvent> accounts = repositories.of(
                "account",
                AccountEvent.class,
                Decider.aggregate(Account::new),
                Snapshots.of(Account.State.class, Account::state, Account::restored));
        shop.place(id, "ann", BigDecimal.TEN);
        for (int i = 0; i < 100; i++) {
            deposit(1);
        }

        assertThat(afterEvents.load(id).state()).isEqualTo(afterTime.load(id).state());
        assertThat(accounts.load(id).state().state().cents()).isEqualTo(100);
        assertThat(accounts.load(id).state().state().cents()).isEqualTo(100);
    }

    @Test
    void any_version_is_loaded_and_compared() {
        orders.update(id, new Place("ann", BigDecimal.TEN));
        Instant yesterday = clock.instant();
        clock.advance(Duration.ofDays(1));
        orders.update(id, new Ship(Instant.EPOCH));

        StreamId order = orders.stream(id.toString());
        Versioned<Order> first = orders.at(order, 1);
        Versioned<Order> before = orders.asOf(order, yesterday);
        Difference<Order> since = orders.difference(before, orders.load(order));

        assertThat(first).isEqualTo(before);
        assertThat(since.events()).hasSize(1);
        assertThat(since.changes()).hasToString("[Change[field=shippedAt, before=null, after=1970-01-01T00:00:00Z]]");
    }
}
