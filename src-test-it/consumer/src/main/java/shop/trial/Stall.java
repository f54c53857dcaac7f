package shop.trial;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.subscription.Subscribed;

/** A web module that needs nothing else of the application: it appends with POST, and counts what its observer has handled. */
@WebServlet("/stall")
public class Stall extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @EventType("sold")
    public record Sold(String what) {}

    /** The subscription. */
    @ApplicationScoped
    public static class Sales {

        private final AtomicInteger handled = new AtomicInteger();

        void count(@Observes @Subscribed("sales") Sold sold) {
            handled.incrementAndGet();
        }

        public int handled() {
            return handled.get();
        }
    }

    @Inject
    transient EventStore events;

    @Inject
    transient Sales sales;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse answer) {
        events.append(StreamId.of("stall", 1), ExpectedVersion.any(), NewEvent.of(new Sold("pear")));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse answer) throws IOException {
        answer.getWriter().print(sales.handled());
    }
}
