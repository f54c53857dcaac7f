package org.meowmx.demo.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.meowmx.EventStore;
import org.meowmx.LogQuery;
import org.meowmx.demo.domain.AccountEvent;

/** The inline projection over HTTP. */
@Path("balances")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class BalanceResource {

    private static final LogQuery ACCOUNTS = LogQuery.category("account").types(AccountEvent.Opened.class);

    @Inject
    Balances balances;

    @Inject
    EventStore events;

    @GET
    public List<Balance> richest() {
        return balances.richest(1_000);
    }

    /** Rebuilds all rows, one account per transaction. Writers need not stop meanwhile. */
    @POST
    @Path("rebuild")
    public void rebuild() {
        events.scan(ACCOUNTS).forEach(opened -> balances.rebuild(opened.stream()));
    }
}
