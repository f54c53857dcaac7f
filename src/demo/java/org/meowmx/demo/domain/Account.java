package org.meowmx.demo.domain;

import java.util.List;
import java.util.NoSuchElementException;
import org.meowmx.demo.domain.AccountCommand.Deposit;
import org.meowmx.demo.domain.AccountCommand.Open;
import org.meowmx.demo.domain.AccountCommand.Withdraw;
import org.meowmx.demo.domain.AccountEvent.Deposited;
import org.meowmx.demo.domain.AccountEvent.Opened;
import org.meowmx.demo.domain.AccountEvent.Withdrawn;

/**
 * The state of a bank account, and how it changes.
 *
 * @param owner the owner; empty before the account is opened
 * @param cents the balance in cents
 */
public record Account(String owner, long cents) {

    public static final Account NONE = new Account("", 0);

    /**
     * The events that a command leads to.
     *
     * @throws IllegalStateException if there is not enough money, or the account is open already
     * @throws NoSuchElementException if it was never opened
     */
    public static List<AccountEvent> decide(AccountCommand command, Account account) {
        if (command instanceof Open open) {
            return account.open(open);
        }
        account.requireOpen();
        if (command instanceof Deposit deposit) {
            return List.of(new Deposited(deposit.cents()));
        }
        return account.withdraw((Withdraw) command);
    }

    private List<AccountEvent> open(Open open) {
        if (!owner.isEmpty()) {
            throw new IllegalStateException("the account is open already");
        }
        return List.of(new Opened(open.owner()));
    }

    private void requireOpen() {
        if (owner.isEmpty()) {
            throw new NoSuchElementException("there is no such account");
        }
    }

    private List<AccountEvent> withdraw(Withdraw withdraw) {
        if (cents < withdraw.cents()) {
            throw new IllegalStateException("there is not enough money");
        }
        return List.of(new Withdrawn(withdraw.cents()));
    }

    public static Account evolve(Account account, AccountEvent event) {
        if (event instanceof Opened opened) {
            return new Account(opened.owner(), account.cents);
        }
        if (event instanceof Deposited deposited) {
            return new Account(account.owner, account.cents + deposited.cents());
        }
        return new Account(account.owner, account.cents - ((Withdrawn) event).cents());
    }
}
