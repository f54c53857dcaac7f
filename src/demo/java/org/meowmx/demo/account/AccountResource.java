package org.meowmx.demo.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meowmx.aggregate.Versioned;
import org.meowmx.demo.domain.Account;
import org.meowmx.demo.domain.AccountCommand;

/** Bank accounts over HTTP. The header Server-Timing has the duration of the operation on the account. */
@Path("accounts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class AccountResource {

    private static final int MOST_DEPOSITS = 9_999;

    @Inject
    Accounts accounts;

    @POST
    public Response open(
            @QueryParam("owner") @DefaultValue("") String owner,
            @QueryParam("deposits") @DefaultValue("0") int deposits) {
        if (owner.isBlank() || deposits < 0 || deposits > MOST_DEPOSITS) {
            return problem(Status.BAD_REQUEST, "an account needs an owner, and has 0 to 9999 deposits as its past");
        }
        UUID id = accounts.open(owner, deposits);
        return Response.created(UriBuilder.fromResource(AccountResource.class)
                        .path("{id}")
                        .build(id))
                .build();
    }

    @GET
    @Path("{id}")
    public Response account(@PathParam("id") UUID id, @QueryParam("version") @Nullable Long version) {
        return answer(() -> version == null ? accounts.load(id) : accounts.at(id, Math.max(0, version)));
    }

    @POST
    @Path("{id}/deposits")
    public Response deposit(@PathParam("id") UUID id, @QueryParam("cents") long cents) {
        return cents < 1
                ? problem(Status.BAD_REQUEST, "cents must be 1 or more")
                : answer(() -> accounts.update(id, new AccountCommand.Deposit(cents)));
    }

    @POST
    @Path("{id}/withdrawals")
    public Response withdraw(@PathParam("id") UUID id, @QueryParam("cents") long cents) {
        return cents < 1
                ? problem(Status.BAD_REQUEST, "cents must be 1 or more")
                : answer(() -> accounts.update(id, new AccountCommand.Withdraw(cents)));
    }

    private static Response answer(Supplier<Versioned<Account>> work) {
        long began = System.nanoTime();
        try {
            Versioned<Account> account = work.get();
            if (!account.exists()) {
                return problem(Status.NOT_FOUND, "there is no such account");
            }
            double millis = (System.nanoTime() - began) / 1e6;
            return Response.ok(new AccountView(account))
                    .header("Server-Timing", String.format(Locale.ROOT, "account;dur=%.2f", millis))
                    .build();
        } catch (NoSuchElementException e) {
            return problem(Status.NOT_FOUND, e.getMessage());
        } catch (IllegalStateException e) {
            return problem(Status.CONFLICT, e.getMessage());
        }
    }

    private static Response problem(Status status, @Nullable String detail) {
        return Response.status(status)
                .type("application/problem+json")
                .entity("{\"status\":%d,\"title\":\"%s\"}".formatted(status.getStatusCode(), detail))
                .build();
    }
}
