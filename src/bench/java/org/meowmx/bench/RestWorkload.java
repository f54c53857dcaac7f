package org.meowmx.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.PostgreSqlServer;

/**
 * Appends over HTTP: the WAR on Open Liberty, and {@code wrk} as the load generator, which must be on the {@code PATH}. The limit is
 * what the server answers to the same request when it refuses it before the database. Build the archives first: {@code mvn package}.
 */
final class RestWorkload implements Workload {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern ERRORS = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");

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
    public Outcome run(Lab lab) {
        if (!hasWrk()) {
            System.err.println("rest-append is left out: wrk is not installed");
            return new Outcome(
                    name(),
                    "append over HTTP: wrk is not installed",
                    "requests/s",
                    Map.of("none", Figure.of(List.of(0.0))),
                    List.of());
        }
        PostgreSqlServer database = PostgreSqlServer.sharedWithDatabase();
        try {
            Path folder = Files.createTempDirectory("bench");
            Map<String, String> environment = new HashMap<>(ApplicationServer.database(database));
            environment.put("MEOWMX_SCHEMA_MODE", "migrate");
            environment.put("JVM_ARGS", "-Xmx1g");
            environment.put("DB_POOL_SIZE", "24");
            try (ApplicationServer server =
                    ApplicationServer.start(folder, Path.of("target", "meowmx.war"), environment)) {
                server.awaitReady("/health/ready", Duration.ofMinutes(3));
                return measure(lab, server, folder);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Outcome measure(Lab lab, ApplicationServer server, Path folder) {
        String accepted = "{\"type\":\"order-placed\",\"data\":%s}"
                .formatted(OrderPlaced.example().json());
        String refused = accepted.replace("\"type\"", "\"tpe\"");
        Rounds rounds = new Rounds();
        List<Target> targets = new ArrayList<>();
        for (int clients : List.of(16, 64)) {
            String limit = "refused before the database, %d clients".formatted(clients);
            String append = "append, %d clients".formatted(clients);
            rounds.with(limit, () -> perSecond(lab, server, folder, clients, refused, false));
            rounds.with(append, () -> perSecond(lab, server, folder, clients, accepted, true));
            targets.add(Target.atLeast(clients == 16 ? 0.55 : 0.7, append, limit));
        }
        return new Outcome(
                name(),
                "append 1 event to a new stream over HTTP, Open Liberty",
                "requests/s",
                rounds.run(lab.options(), lab.options().roundsOfAppends()),
                targets);
    }

    private static double perSecond(
            Lab lab, ApplicationServer server, Path folder, int clients, String body, boolean succeeds) {
        try {
            Path script = folder.resolve("wrk.lua");
            Files.writeString(script, SCRIPT.formatted(System.nanoTime() % 1_000_000, body));
            long seconds = Math.max(2, lab.options().turn().toSeconds());
            Process wrk = new ProcessBuilder(
                            "wrk",
                            "-t1",
                            "-c" + clients,
                            "-d" + seconds + "s",
                            "-s",
                            script.toString(),
                            server.uri("/").toString())
                    .redirectErrorStream(true)
                    .start();
            String report = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            wrk.waitFor();
            Matcher rate = RATE.matcher(report);
            if (!rate.find() || ERRORS.matcher(report).find() == succeeds) {
                throw new IllegalStateException("wrk reported: " + report);
            }
            return Double.parseDouble(rate.group(1));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean hasWrk() {
        try {
            new ProcessBuilder("wrk", "-v")
                    .redirectErrorStream(true)
                    .start()
                    .getInputStream()
                    .readAllBytes();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
