package org.meowmx.demo.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.meowmx.RecordedEvent;
import org.meowmx.demo.domain.Account;
import org.meowmx.demo.domain.AccountEvent;

/** A row of the inline projection: the balance of an account, and the version of its stream up to which it has events. */
@Entity
@Table(name = "demo_balances")
@SuppressWarnings("NullAway.Init")
public class Balance {

    @Id
    @Column(name = "account_id")
    private String accountId;

    private long cents;

    private long version;

    protected Balance() {}

    public String getAccountId() {
        return accountId;
    }

    public long getCents() {
        return cents;
    }

    public long getVersion() {
        return version;
    }

    void clear() {
        cents = 0;
        version = 0;
    }

    /** Adds the next event. */
    void add(RecordedEvent event) {
        Account account = new Account("", cents);
        for (AccountEvent happened : event.asList(AccountEvent.class)) {
            account = Account.evolve(account, happened);
        }
        cents = account.cents();
        version = event.version();
    }
}
