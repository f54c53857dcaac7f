package shop.trial;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

/** Appends outside of Jakarta REST, for a caller who has logged in and for one who has not. */
@WebServlet({"/caller", "/anybody"})
public class CallerServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @EventType("called")
    public record Called(String path) {}

    @Inject
    transient EventStore events;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse answer) throws IOException {
        String path = request.getServletPath();
        answer.getWriter()
                .print(events.append(StreamId.of("call", path), ExpectedVersion.any(), NewEvent.of(new Called(path)))
                        .last()
                        .metadata()
                        .entries());
    }
}
