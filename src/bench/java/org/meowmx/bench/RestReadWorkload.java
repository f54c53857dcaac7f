package org.meowmx.bench;

import java.io.IOException;
import java.util.List;

/** Reads over HTTP. The limit is what the server answers to a request for events that it refuses before the database. */
final class RestReadWorkload implements Workload {

    private static final int CLIENTS = 16;
    private static final String LIMIT = "refused before the database";
    private static final String EVENT = "GET /events?limit=1";
    private static final String STREAM = "GET a stream of 3 events";

    private static final String READ = """
            wrk.headers["Authorization"] = "Basic cmVhZGVyOnJlYWRlcg=="
            wrk.path = "%s"
            """;

    /** Appends one event again and again, under three ids, so that the stream has three events. */
    private static final String APPEND = """
            local number = 0
            local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Basic d3JpdGVyOndyaXRlcg==" }
            request = function()
              number = number %% 3 + 1
              return wrk.format("POST", "/api/streams/bench/short", headers,
                '{"id":"00000000-0000-4000-8000-00000000000' .. number .. '","type":"order-placed","data":%s}')
            end
            """;

    @Override
    public String name() {
        return "rest-read";
    }

    @Override
    public Outcome run(Lab lab) throws IOException {
        if (!RestServer.isMeasurable()) {
            return RestServer.notMeasured(name());
        }
        try (RestServer server = RestServer.start()) {
            return measure(lab.options(), server);
        }
    }

    private Outcome measure(Options options, RestServer server) {
        server.perSecond(options, 1, APPEND.formatted(OrderPlaced.example().json()), true);
        Rounds rounds = new Rounds()
                .with(LIMIT, () -> server.perSecond(options, CLIENTS, READ.formatted("/api/events?limit=none"), false))
                .with(EVENT, () -> server.perSecond(options, CLIENTS, READ.formatted("/api/events?limit=1"), true))
                .with(
                        STREAM,
                        () -> server.perSecond(options, CLIENTS, READ.formatted("/api/streams/bench/short"), true));
        return new Outcome(
                name(),
                "read over HTTP, %d clients, Open Liberty".formatted(CLIENTS),
                "requests/s",
                rounds.run(options),
                List.of(Target.atLeast(0.45, EVENT, LIMIT), Target.atLeast(0.68, STREAM, LIMIT)));
    }
}
