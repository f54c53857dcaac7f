package org.meowmx.demo.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import org.meowmx.Appended;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.demo.domain.AccountEvent;

/**
 * An inline projection: balances as rows, which are up to date at the commit of each event.
 *
 * <p>Each row stores the version up to which it has events, and only the transaction that locks it continues from there. So each event
 * is added once and in order, whether it comes from an append or from {@link #rebuild}, which may run at the same time as appends.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class Balances {

    private static final String BEGIN = """
            insert into demo_balances (account_id, cents, version) values (:account, 0, 0) on conflict do nothing""";

    private static final String RICHEST = """
            select balance from Balance balance order by balance.cents desc, balance.accountId""";

    @PersistenceContext(unitName = "demo")
    EntityManager em;

    @Inject
    EventStore events;

    void follow(@Observes @Appended AccountEvent event, RecordedEvent recorded) {
        Balance balance = locked(recorded.stream());
        if (recorded.version() == balance.getVersion() + 1) {
            balance.add(recorded);
        } else if (recorded.version() > balance.getVersion()) {
            addRest(balance, recorded.stream());
        }
    }

    /** Rebuilds one row from the history of its account. */
    @Transactional
    public void rebuild(StreamId account) {
        Balance balance = locked(account);
        balance.clear();
        addRest(balance, account);
    }

    private void addRest(Balance balance, StreamId account) {
        events.scan(account, StreamRange.all().from(balance.getVersion() + 1)).forEach(balance::add);
    }

    /** Locks the row, and creates it if it does not exist. A second transaction waits for the first in both cases. */
    private Balance locked(StreamId account) {
        Balance known = em.find(Balance.class, account.id(), LockModeType.PESSIMISTIC_WRITE);
        if (known != null) {
            return known;
        }
        em.createNativeQuery(BEGIN).setParameter("account", account.id()).executeUpdate();
        return em.find(Balance.class, account.id(), LockModeType.PESSIMISTIC_WRITE);
    }

    /** The accounts with the most money. */
    @Transactional
    public List<Balance> richest(int limit) {
        return em.createQuery(RICHEST, Balance.class).setMaxResults(limit).getResultList();
    }
}
