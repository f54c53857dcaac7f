package org.meowmx.demo.account;

import org.meowmx.aggregate.Versioned;
import org.meowmx.demo.domain.Account;

/** An account as a client sees it. It has getters, because JSON-B 3.0 does not write records. */
public class AccountView {

    private final Versioned<Account> account;

    AccountView(Versioned<Account> account) {
        this.account = account;
    }

    public String getId() {
        return account.stream().id();
    }

    public String getOwner() {
        return account.state().owner();
    }

    public long getCents() {
        return account.state().cents();
    }

    public long getVersion() {
        return account.version();
    }
}
