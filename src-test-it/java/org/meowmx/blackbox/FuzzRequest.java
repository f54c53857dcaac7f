package org.meowmx.blackbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.meowmx.blackbox.ApiDocument.Operation;
import org.meowmx.blackbox.ApiDocument.Parameter;

/**
 * A random request.
 *
 * @param user the user that sends it
 * @param address path and query, encoded
 * @param headers names and values, alternating
 * @param elsewhere whether the server may refuse the address, or understand another address, because of a path parameter
 * @param canary a text of the body and the headers that no error may repeat
 */
record FuzzRequest(
        Operation operation,
        String user,
        String address,
        List<String> headers,
        byte[] body,
        boolean elsewhere,
        String canary) {

    private static final List<String> ODD_SEGMENTS = words("""
            %20 %2B %25 %25%32%66 %E2%80%AE %F0%9F%90%88 %C3%A4 a%20b %3Cimg%20src%3Dx%3E '-- null -1 %24%7Bx%7D
            %2A a:b a@b ~ (a)""", "x".repeat(255), "x".repeat(256), "x".repeat(300));

    private static final List<String> ELSEWHERE = words("""
            %07 %1B%5B31m %0A %7F %2E%2E %2e ..%2F.. %2F a%2Fb %5C..%5C a;b=c ..; %C0%AF %ED%A0%80 %FF %00""", "x".repeat(5_000));

    private static final List<String> ODD_VALUES = words("""
            %20 0 -1 1 1000 1001 1e9 2147483648 9223372036854775807 9223372036854775808 0x10 %D9%A3 abc true %00 %0A
            %FF %ED%A0%80 %F0%9F%90%88 %E2%80%AE a%26b [] 2026-01-31T12:00:00Z 2026-02-31T12:00:00Z
            %2B1000000000-01-01T00:00:00Z P1D PT-1S PT0.01S forward backward Backward fuzz %25 '%20or%201=1 0:0 :
            01a21359-68bf-7605-bbd6-008701ed83b3""", "", "x".repeat(300));

    private static final Map<String, List<String>> RIGHT = Map.ofEntries(
            Map.entry("category", List.of("fuzz")),
            Map.entry("id", List.of("a", "b", "c")),
            Map.entry("subject", List.of("a", "..")),
            Map.entry("name", List.of("shipping-list", "credit-check", "fuzz-work")),
            Map.entry("subscription", List.of("shipping-list", "credit-check")),
            Map.entry("lease", List.of("01a21359-68bf-7605-bbd6-008701ed83b3")),
            Map.entry("event-id", List.of("01a21359-68bf-7605-bbd6-008701ed83b3")),
            // a version that does not exist, because a switch would affect other tests
            Map.entry("version", List.of("3")),
            Map.entry("evenIfFailing", List.of("true", "false")),
            Map.entry("limit", List.of("1", "1000")),
            Map.entry("position", List.of("0", "1")),
            Map.entry("at", List.of("2026-01-31T12:00:00Z", "2026-01-31T12:00:00+02:00", "2016-12-31T23:59:60Z")),
            Map.entry("timeout", List.of("PT0S", "PT0.02S")),
            Map.entry("direction", List.of("forward", "backward")),
            Map.entry("If-Match", List.of("\"1\"", "*", "\"9\"", "W/\"1\"", "\"1-gzip\"")),
            Map.entry("Last-Event-ID", List.of("0")),
            Map.entry("traceparent", List.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")),
            Map.entry("tracestate", List.of("vendor=abc")),
            Map.entry("If-None-Match", List.of("*", "\"1\"", "W/\"1\"")));

    private static final List<String> ODD_HEADERS = List.of(
            "",
            "abc",
            "-1",
            "\"-1\"",
            "W/1",
            "\"1-2\"",
            "\"1\", \"2\"",
            "\"9223372036854775808\"",
            "\"\"",
            "*, *",
            "0",
            "x".repeat(2_000),
            "\u00e4",
            "\"1",
            "1:2:3",
            ":",
            "0:99999999",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "a=1,".repeat(200));

    private static final List<String> CONTENT_TYPES = List.of(
            "application/json",
            "application/json;charset=utf-16",
            "application/json;charset=nonsense",
            "application/x-ndjson",
            "application/jsonl",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/cloudevents+avro",
            "text/plain",
            "multipart/form-data",
            "application/xml",
            "*/*",
            "json",
            "application/json, text/plain",
            "");

    private static final List<String> ACCEPTED = List.of(
            "*/*",
            "application/json",
            "text/event-stream",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/jsonl",
            "text/html",
            "nonsense",
            "application/json;q=0",
            "*/*;q=2",
            "");

    private static List<String> words(String text, String... more) {
        return Stream.concat(Stream.of(text.split("\\s+")), Stream.of(more)).toList();
    }

    /** A request for an operation. The same state of the random generator gives the same request. */
    static FuzzRequest of(Operation operation, Random random) {
        String canary = "canary" + Long.toUnsignedString(random.nextLong(), 36);
        boolean elsewhere = random.nextInt(12) == 0 && operation.path().contains("{");
        String user = random.nextInt(15) == 0
                ? oneOf(List.of("reader", "writer", "operator", "stranger"), random)
                : roleFor(operation);
        List<String> types = operation.bodyTypes();
        String type = types.isEmpty() ? "application/json" : oneOf(types, random);
        byte[] body = !types.isEmpty() || random.nextInt(20) == 0
                ? new FuzzBody(random, canary).of(operation, type)
                : new byte[0];
        Encoding encoding = Encoding.of(body, random);
        List<String> headers = headers(operation, type, canary, random);
        headers.addAll(encoding.headers());
        return new FuzzRequest(
                operation,
                user,
                path(operation, elsewhere, random) + query(operation, random),
                headers,
                encoding.body(),
                elsewhere,
                canary);
    }

    /** A body, and the header that says how it is encoded. */
    private record Encoding(List<String> headers, byte[] body) {

        static Encoding of(byte[] body, Random random) {
            return switch (random.nextInt(80)) {
                case 0 -> new Encoding(List.of("Content-Encoding", "gzip"), body);
                case 1 -> new Encoding(List.of("Content-Encoding", "br"), body);
                case 2 -> new Encoding(List.of("Content-Encoding", "gzip"), half(FuzzBody.gzip(body)));
                case 3 -> new Encoding(List.of("Content-Encoding", "gzip"), FuzzBody.bomb());
                case 4, 5, 6, 7 -> new Encoding(List.of("Content-Encoding", "gzip"), FuzzBody.gzip(body));
                default -> new Encoding(List.of(), body);
            };
        }

        private static byte[] half(byte[] bytes) {
            return Arrays.copyOf(bytes, bytes.length / 2);
        }
    }

    private static String roleFor(Operation operation) {
        if (operation.method().equals("GET")) {
            return "reader";
        }
        if (operation.path().contains("/leases")) {
            return "worker";
        }
        boolean operates = operation.path().startsWith("/api/subscriptions/")
                || operation.path().startsWith("/api/parked-stream");
        return operates ? "operator" : "writer";
    }

    private static String path(Operation operation, boolean elsewhere, Random random) {
        List<Parameter> inPath = operation.parameters().stream()
                .filter(parameter -> parameter.in().equals("path"))
                .toList();
        String strange = elsewhere ? oneOf(inPath, random).name() : "";
        String path = operation.path();
        for (Parameter parameter : inPath) {
            boolean right = random.nextInt(10) < 7;
            String value = right ? oneOf(RIGHT.get(parameter.name()), random) : oneOf(ODD_SEGMENTS, random);
            path = path.replace(
                    "{" + parameter.name() + "}", parameter.name().equals(strange) ? oneOf(ELSEWHERE, random) : value);
        }
        return path;
    }

    private static String query(Operation operation, Random random) {
        List<String> query = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("query") && random.nextInt(3) > 0) {
                for (int times = random.nextInt(8) == 0 ? 2 : 1; times > 0; times--) {
                    query.add(parameter.name() + "=" + value(parameter, random));
                }
            }
        }
        if (random.nextInt(10) == 0) {
            query.add(oneOf(List.of("unknown=1", "=", "&&", "%FF=1", "a=%00"), random));
        }
        return query.isEmpty() ? "" : "?" + String.join("&", query);
    }

    private static String value(Parameter parameter, Random random) {
        List<String> right = RIGHT.getOrDefault(parameter.name(), List.of("0", "fuzz"));
        // a longer valid timeout would only make the test slower
        List<String> odd =
                parameter.name().equals("timeout") ? List.of("", "abc", "PT31S", "PT-1S", "P1D", "1") : ODD_VALUES;
        return random.nextInt(10) < 4 ? oneOf(right, random) : oneOf(odd, random);
    }

    private static List<String> headers(Operation operation, String type, String canary, Random random) {
        List<String> headers = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            // binaryMode has those of CloudEvents
            boolean other = !parameter.name().startsWith("ce-");
            if (parameter.in().equals("header") && other && random.nextInt(2) == 0) {
                String odd = random.nextInt(5) == 0 ? canary : oneOf(ODD_HEADERS, random);
                headers.addAll(List.of(
                        parameter.name(),
                        random.nextInt(10) < 4
                                ? oneOf(RIGHT.getOrDefault(parameter.name(), List.of(canary)), random)
                                : odd));
            }
        }
        if (random.nextInt(10) > 0) {
            headers.addAll(List.of("X-Requested-With", "fuzz"));
        }
        if (type.equals("*/*")) {
            headers.addAll(binaryMode(canary, random));
            headers.addAll(List.of("Content-Type", oneOf(CONTENT_TYPES, random)));
        } else {
            headers.addAll(List.of("Content-Type", random.nextInt(6) == 0 ? oneOf(CONTENT_TYPES, random) : type));
        }
        if (random.nextInt(5) == 0) {
            headers.addAll(List.of("Accept", oneOf(ACCEPTED, random)));
        }
        return headers;
    }

    /** The headers of a CloudEvent in binary content mode; some requests lack one, or have an odd one. */
    private static List<String> binaryMode(String canary, Random random) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce-specversion", "1.0");
        headers.put("ce-id", Long.toString(random.nextLong()));
        headers.put("ce-source", "/fuzz");
        headers.put("ce-type", "noted");
        headers.put("ce-category", "fuzz");
        headers.put("ce-subject", "binary");
        String one = oneOf(List.copyOf(headers.keySet()), random);
        switch (random.nextInt(6)) {
            case 0 -> headers.remove(one);
            case 1 -> headers.put(one, oneOf(ODD_HEADERS, random));
            case 2 -> headers.put(one, oneOf(List.of("%", "%C0%AF", "%00", "%ED%A0%80", canary + "%zz"), random));
            case 3 -> headers.put("ce-" + oneOf(List.of("odd-name", "data", "x", "correlationid"), random), canary);
            default -> headers.put("ce-note", "%E2%82%AC");
        }
        List<String> list = new ArrayList<>();
        headers.forEach((name, value) -> list.addAll(List.of(name, value)));
        return list;
    }

    private static <T> T oneOf(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    @Override
    public String toString() {
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        return "%s as %s: %s %s %s, body %s"
                .formatted(
                        operation,
                        user,
                        operation.method(),
                        shortened(address),
                        shortened(headers.toString()),
                        shortened(text));
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "… (" + text.length() + ")";
    }
}
