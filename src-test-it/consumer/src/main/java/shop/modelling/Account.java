package shop.modelling;

import org.meowmx.aggregate.Aggregate;
import shop.modelling.AccountEvent.Deposited;
import shop.modelling.AccountEvent.Withdrawn;

public class Account extends Aggregate<AccountEvent> {

    private long cents;

    public void withdraw(long amount) {
        if (amount > cents) {
            throw new IllegalStateException("there is not enough money");
        }
        raise(new Withdrawn(amount));
    }

    @Override
    protected void apply(AccountEvent event) {
        if (event instanceof Deposited deposited) {
            cents += deposited.cents();
        } else if (event instanceof Withdrawn withdrawn) {
            cents -= withdrawn.cents();
        }
    }

    /** What a snapshot stores. */
    public record State(long cents) {}

    public State state() {
        return new State(cents);
    }

    public static Account restored(State state) {
        Account account = new Account();
        account.cents = state.cents();
        return account;
    }
}
