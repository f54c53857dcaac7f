package org.meowmx.contract;

import java.util.List;
import org.meowmx.aggregate.Decider;

/** An account as a state and two functions. */
public record Account(Owner owner, long cents, int movements) {

    static final Account NONE = new Account(new Owner(""), 0, 0);

    static final Decider<Command, Account, AccountEvent> DECIDER = Decider.of(NONE, Account::decide, Account::evolve);

    /** A record in a record. */
    public record Owner(String name) {}

    /** The commands for an account. */
    sealed interface Command {
        record Open(String owner) implements Command {}

        record Deposit(long cents) implements Command {}

        record Withdraw(long cents) implements Command {}

        record Close() implements Command {}
    }

    static List<AccountEvent> decide(Command command, Account account) {
        if (command instanceof Command.Open open) {
            return List.of(new AccountEvent.Opened(open.owner()));
        }
        if (command instanceof Command.Deposit deposit) {
            return List.of(new AccountEvent.Deposited(deposit.cents()));
        }
        if (command instanceof Command.Withdraw withdraw) {
            if (account.cents < withdraw.cents()) {
                throw new IllegalStateException("not enough money");
            }
            return List.of(new AccountEvent.Withdrawn(withdraw.cents()));
        }
        return account.cents == 0 ? List.of() : List.of(new AccountEvent.Withdrawn(account.cents));
    }

    static Account evolve(Account account, AccountEvent event) {
        if (event instanceof AccountEvent.Opened opened) {
            return new Account(new Owner(opened.owner()), account.cents, account.movements);
        }
        long moved = event instanceof AccountEvent.Deposited deposited
                ? deposited.cents()
                : -((AccountEvent.Withdrawn) event).cents();
        return new Account(account.owner, account.cents + moved, account.movements + 1);
    }
}
