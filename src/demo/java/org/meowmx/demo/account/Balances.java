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
 * An inline projection: balances as rows, right with the commit of each event.
 *
 * <p>A row knows the version that it is at, and its lock lets one writer at a time go on from there. So it takes over each
 * event once and in order, whether it comes from an append or from {@link #rebuild}, which may run beside appends.
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

    /** Builds one row anew from its history. */
    @Transactional
    public void rebuild(StreamId account) {
        Balance balance = locked(account);
        balance.clear();
        addRest(balance, account);
    }

    private void addRest(Balance balance, StreamId account) {
        events.scan(account, StreamRange.all().from(balance.getVersion() + 1)).forEach(balance::add);
    }

    /** Whoever comes second waits for the first, also where there is no row yet. */
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
