package org.meowmx.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Appends over HTTP. The limit is what the server answers to the same request when it refuses it before the database. */
final class RestAppendWorkload implements Workload {

    /** Each request appends to a new stream. The first of a connection's thread draws a prefix. */
    private static final String SCRIPT = """
            math.randomseed(os.time() + %d)
            local prefix = tostring(math.random(1, 1e9))
            local number = 0
            local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Basic d3JpdGVyOndyaXRlcg==" }
            request = function()
              number = number + 1
              return wrk.format("POST", "/api/streams/bench/" .. prefix .. "-" .. number, headers, '%s')
            end
            """;

    @Override
    public String name() {
        return "rest-append";
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
        String accepted = "{\"type\":\"order-placed\",\"data\":%s}"
                .formatted(OrderPlaced.example().json());
        String refused = accepted.replace("\"type\"", "\"tpe\"");
        Rounds rounds = new Rounds();
        List<Target> targets = new ArrayList<>();
        for (int clients : List.of(16, 64)) {
            String limit = "refused before the database, %d clients".formatted(clients);
            String append = "append, %d clients".formatted(clients);
            rounds.with(limit, () -> server.perSecond(options, clients, script(refused), false));
            rounds.with(append, () -> server.perSecond(options, clients, script(accepted), true));
            targets.add(Target.atLeast(clients == 16 ? 0.55 : 0.7, append, limit));
        }
        return new Outcome(
                name(),
                "append 1 event to a new stream over HTTP, Open Liberty",
                "requests/s",
                rounds.run(options, options.roundsOfAppends()),
                targets);
    }

    private static String script(String body) {
        return SCRIPT.formatted(System.nanoTime() % 1_000_000, body);
    }
}
