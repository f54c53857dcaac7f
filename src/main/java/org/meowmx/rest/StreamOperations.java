package org.meowmx.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.AppendResult;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.answer.AppendAnswer;
import org.meowmx.rest.answer.StreamAnswer;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Body;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Links;

/** The operations on a stream, for both forms of its address. */
final class StreamOperations {

    private final EventStore events;
    private final Settings settings;

    StreamOperations(EventStore events, Settings settings) {
        this.events = events;
        this.settings = settings;
    }

    Response append(
            StreamId stream, @Nullable String ifMatch, @Nullable String ifNoneMatch, UriInfo uri, InputStream content) {
        Audit.requireNotAudit(stream);
        ExpectedVersion expected = Preconditions.expected(ifMatch, ifNoneMatch);
        List<NewEvent> sent =
                AppendRequest.parse(Body.text(content, settings.get(Keys.MAX_BODY)), settings.get(Keys.MAX_EVENTS));
        AppendResult result = events.append(stream, expected, sent);
        return Response.status(result.repeated() ? Response.Status.OK : Response.Status.CREATED)
                .header("ETag", Preconditions.tag(result.version()))
                .header("Location", Links.self(uri))
                .entity(Json.answer(AppendAnswer.of(stream, result)))
                .build();
    }

    Response read(StreamId stream, StreamRange range, @Nullable String ifNoneMatch, UriInfo uri) {
        if (ifNoneMatch != null) {
            long version = events.readPage(stream, range.backwards().limit(1)).version();
            if (Preconditions.isKnown(ifNoneMatch, version)) {
                return Response.notModified()
                        .header("ETag", Preconditions.tag(version))
                        .build();
            }
        }
        return answer(events.readPage(stream, range), range, uri);
    }

    private static Response answer(EventStream read, StreamRange range, UriInfo uri) {
        Response.ResponseBuilder answer =
                Response.ok(Json.answer(StreamAnswer.of(read))).header("ETag", Preconditions.tag(read.version()));
        read.last().ifPresent(last -> {
            if (range.backward() && last.version() > range.from()) {
                answer.header("Link", Links.next(uri, "to", last.version() - 1));
            } else if (!range.backward() && last.version() < read.version()) {
                answer.header("Link", Links.next(uri, "from", last.version() + 1));
            }
        });
        return answer.build();
    }
}
