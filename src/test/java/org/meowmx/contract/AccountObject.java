package org.meowmx.contract;

import org.meowmx.aggregate.Aggregate;

/** An account as an object with behaviour. */
public class AccountObject extends Aggregate<AccountEvent> {

    private Account state;

    public AccountObject() {
        this(Account.NONE);
    }

    AccountObject(Account state) {
        this.state = state;
    }

    Account state() {
        return state;
    }

    void open(String owner) {
        raise(new AccountEvent.Opened(owner));
    }

    void deposit(long cents) {
        raise(new AccountEvent.Deposited(cents));
    }

    void withdraw(long cents) {
        if (state.cents() < cents) {
            throw new IllegalStateException("not enough money");
        }
        raise(new AccountEvent.Withdrawn(cents));
    }

    @Override
    protected void apply(AccountEvent event) {
        state = Account.evolve(state, event);
    }
}
