package org.meowmx.demo.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.meowmx.aggregate.Decider;
import org.meowmx.aggregate.Repositories;
import org.meowmx.aggregate.Repository;
import org.meowmx.aggregate.Snapshots;
import org.meowmx.aggregate.Versioned;
import org.meowmx.demo.domain.Account;
import org.meowmx.demo.domain.AccountCommand;
import org.meowmx.demo.domain.AccountEvent;
import org.meowmx.retry.RetriedOnConflict;

/** The operations on bank accounts. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class Accounts {

    @Inject
    Repository<AccountCommand, Account, AccountEvent> accounts;

    @Produces
    @ApplicationScoped
    static Repository<AccountCommand, Account, AccountEvent> repository(Repositories repositories) {
        return repositories.of(
                "account",
                AccountEvent.class,
                Decider.of(Account.NONE, Account::decide, Account::evolve),
                Snapshots.of(Account.class).everyEvents(100));
    }

    /**
     * Opens an account with a history of deposits of one cent each.
     *
     * @param deposits the number of deposits, 0 or greater
     */
    @Transactional
    public UUID open(String owner, int deposits) {
        UUID id = UUID.randomUUID();
        List<AccountEvent> past = new ArrayList<>(List.of(new AccountEvent.Opened(owner)));
        past.addAll(Collections.nCopies(deposits, new AccountEvent.Deposited(1)));
        accounts.save(accounts.load(id), past);
        return id;
    }

    /**
     * Sends a command to an account.
     *
     * @throws IllegalStateException if the account rejects the command
     * @throws java.util.NoSuchElementException if the account does not exist
     */
    @RetriedOnConflict(attempts = 20)
    @Transactional
    public Versioned<Account> update(UUID id, AccountCommand command) {
        return accounts.update(id, command);
    }

    public Versioned<Account> load(UUID id) {
        return accounts.load(id);
    }

    /** The account at one of its versions. */
    public Versioned<Account> at(UUID id, long version) {
        return accounts.at(accounts.stream(id.toString()), version);
    }
}
