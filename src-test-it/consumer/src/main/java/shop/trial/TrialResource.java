package shop.trial;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.naming.NamingException;
import org.meowmx.subscription.Subscriptions;
import shop.Audit;
import shop.Courier;
import shop.Till;
import shop.tenant.Notes;
import shop.tenant.Tenant;

@Path("trial")
@ApplicationScoped
@Produces("text/plain")
public class TrialResource {

    @Inject
    Trials trials;

    @Inject
    Places places;

    @EJB
    Timers timers;

    @Inject
    Messages messages;

    @Inject
    Courier courier;

    @Inject
    Till till;

    @Inject
    Audit audit;

    @Inject
    Notes notes;

    @Inject
    Subscriptions subscriptions;

    @GET
    @Path("entities/{unit}")
    public String entities(@PathParam("unit") String unit) {
        return lines(trials.entities(unit));
    }

    @POST
    @Path("failing-payment/{order}")
    public void payAndFail(@PathParam("order") UUID order) {
        trials.payAndFail(order);
    }

    @GET
    @Path("transactions")
    public String transactions() throws NamingException, SQLException {
        return lines(trials.transactions());
    }

    @POST
    @Path("booking/{order}")
    public void book(
            @PathParam("order") UUID order,
            @QueryParam("data-source") String otherDataSource,
            @QueryParam("failing") @DefaultValue("false") boolean failing)
            throws NamingException, SQLException {
        trials.book(order, otherDataSource, failing);
    }

    @POST
    @Path("courier/{what}")
    public void courier(@PathParam("what") String what) {
        if (what.equals("leaves")) {
            courier.leave();
        } else {
            courier.comeBack();
        }
    }

    @GET
    @Path("subscriptions/{name}")
    public String state(@PathParam("name") String name) {
        return subscriptions.status(name).state().toString();
    }

    @GET
    @Path("appended")
    public long appended() {
        return till.appended();
    }

    @GET
    @Path("audit")
    public String audit() {
        return audit.types().toString();
    }

    @GET
    @Path("opening-hours")
    @Produces("application/json")
    public OpeningHours openingHours() {
        return new OpeningHours();
    }

    @GET
    @Path("metadata/{category}/{id}")
    public String metadata(@PathParam("category") String category, @PathParam("id") String id) {
        return trials.metadata(category, id).toString();
    }

    @POST
    @Path("places/{what}/{id}")
    public void append(@PathParam("what") String what, @PathParam("id") String id) {
        switch (what) {
            case "persist" -> places.persist(id);
            case "finish" -> places.finish(id);
            case "time" -> timers.start(id);
            case "send" -> messages.send(id);
            case "send-in-transaction" -> messages.sendInTransaction(id);
            default -> places.hand(id);
        }
    }

    @GET
    @Path("places/{place}/{id}")
    public String outcome(@PathParam("place") String place, @PathParam("id") String id) {
        return places.outcome(place, id);
    }

    @GET
    @Path("places/{place}/{id}/phases")
    public String phases(@PathParam("place") String place, @PathParam("id") String id) {
        return places.phases(place, id).toString();
    }

    @POST
    @Path("notes/{tenant}/{id}")
    public void write(@PathParam("tenant") String tenant, @PathParam("id") String id, @QueryParam("text") String text) {
        notes.write(new Tenant(tenant), id, text);
    }

    @GET
    @Path("notes/{tenant}/{id}")
    public String read(@PathParam("tenant") String tenant, @PathParam("id") String id) {
        return notes.read(new Tenant(tenant), id).toString();
    }

    @GET
    @Path("notes/{tenant}")
    public String all(@PathParam("tenant") String tenant) {
        return lines(notes.all(new Tenant(tenant)));
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }
}
