package org.meowmx.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Bodies for operations: valid ones, and ones with one error. */
final class FuzzBody {

    private static final int BODY_LIMIT = 2_000_000;

    /** JSON values that a field rarely has, and texts that are not JSON. */
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "1e-400",
            "9223372036854775808",
            "1".repeat(400),
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"" + "x".repeat(300) + "\"",
            "\"\u202Eabc\"",
            "\"\u0007\"",
            "\"\\u0007\\u001b[31m\"",
            "\"<img src=x onerror=alert(1)>\"",
            "\"'; drop table meowmx_events; --\"",
            "\"..\\/..\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"a\":{\"b\":[]}}",
            "[".repeat(300) + "]".repeat(300),
            "NaN",
            "'x'",
            "nul",
            "\"2026-02-31T12:00:00Z\"",
            "\"99999999-9999-9999-9999-9999999999999\"",
            "\"\\x\"",
            "01",
            "+1",
            ".5");

    /** Attributes of foreign events. */
    private static final List<String> ATTRIBUTES = List.of(
            "partitionkey=\"7\"",
            "size=5",
            "paid=true",
            "unset=null",
            "datacontenttype=\"text/xml\"",
            "dataschema=\"https://schemas.example/1\"",
            "time=\"2016-12-31T23:59:60Z\"",
            "time=\"2024-01-01T00:00:00.1234567890Z\"",
            "traceparent=\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"");

    private final Random random;
    private final String canary;

    FuzzBody(Random random, String canary) {
        this.random = random;
        this.canary = canary;
    }

    /** A body for an operation; at least one in three is valid. */
    byte[] of(ApiDocument.Operation operation, String type) {
        boolean right = random.nextInt(3) == 0;
        if (!operation.path().equals("/api/events")) {
            return one(operation.path(), right);
        }
        return switch (type) {
            case "application/cloudevents+json" -> structured(right, "", "");
            case "application/cloudevents-batch+json" -> structured(right, "[", "]");
            case "*/*" -> right ? new byte[0] : bytes("\"" + canary + "\"");
            default -> lines(right);
        };
    }

    private byte[] structured(boolean right, String start, String end) {
        Map<String, String> event = cloudEvent();
        if (right) {
            return (start + object(event) + end).getBytes(UTF_8);
        }
        return random.nextInt(10) < 6
                ? (start + object(spoilt(event)) + end).getBytes(UTF_8)
                : bytes(start + object(event) + end);
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /** A small body that is larger than the limit when it is decoded. */
    static byte[] bomb() {
        return gzip(" ".repeat(5 * BODY_LIMIT).getBytes(UTF_8));
    }

    private byte[] one(String path, boolean right) {
        Map<String, String> fields = fields(path);
        if (right) {
            return text(fields).getBytes(UTF_8);
        }
        return random.nextInt(10) < 6 ? text(spoilt(fields)).getBytes(UTF_8) : bytes(text(fields));
    }

    private Map<String, String> fields(String path) {
        if (path.endsWith("/position")) {
            return fieldsOf(
                    oneOf(List.of("from", "position", "time")), oneOf(List.of("\"now\"", "0", "\"beginning\"")));
        }
        if (path.endsWith("/segments")) {
            return fieldsOf("count", oneOf(List.of("1", "2", "4")));
        }
        if (path.endsWith("/name")) {
            return fieldsOf("name", "\"another\"");
        }
        if (path.endsWith("/leases")) {
            return random.nextBoolean() ? fieldsOf("max", "1") : fieldsOf("worker", "\"fuzz\"");
        }
        if (path.endsWith("/ack")) {
            return fieldsOf("position", "1");
        }
        if (path.endsWith("/fail")) {
            Map<String, String> failure = fieldsOf("position", "1");
            failure.put("message", "\"" + canary + "\"");
            return failure;
        }
        if (path.endsWith("/extend")) {
            return fieldsOf("duration", "\"PT1S\"");
        }
        return path.equals("/api/subscriptions/{name}") ? fieldsOf("category", "\"fuzz\"") : event();
    }

    private static Map<String, String> fieldsOf(String name, String value) {
        return new LinkedHashMap<>(Map.of(name, value));
    }

    private Map<String, String> event() {
        Map<String, String> event = new LinkedHashMap<>();
        event.put("type", "\"noted\"");
        event.put("data", "{\"text\":\"%s\",\"number\":%d}".formatted(canary, random.nextInt()));
        if (random.nextBoolean()) {
            event.put("id", "\"" + id() + "\"");
        }
        if (random.nextBoolean()) {
            event.put("metadata", "{\"note\":\"%s\"}".formatted(canary));
        }
        return event;
    }

    private String id() {
        return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** The fields with one error: a field is missing, has another type, occurs twice or is unknown. */
    private Map<String, String> spoilt(Map<String, String> fields) {
        String field = oneOf(List.copyOf(fields.keySet()));
        switch (random.nextInt(8)) {
            case 0 -> fields.remove(field);
            case 1 -> fields.put("unknown", "\"" + canary + "\"");
            case 2 -> fields.put(field, fields.get(field) + ",\"" + field + "\":" + fields.get(field));
            default -> fields.put(field, oneOf(ODD));
        }
        return fields;
    }

    private String text(Map<String, String> fields) {
        String object = object(fields);
        return switch (random.nextInt(5)) {
            case 0 -> "[" + object + "]";
            case 1 -> " \r\n" + object + "\t";
            default -> object;
        };
    }

    private static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** A body that is not JSON, or has another form, or is too large. */
    private byte[] bytes(String json) {
        return switch (random.nextInt(14)) {
            case 0 -> new byte[0];
            case 1 -> json.substring(0, random.nextInt(json.length())).getBytes(UTF_8);
            case 2 -> (json + "x").getBytes(UTF_8);
            case 3 -> (json + json).getBytes(UTF_8);
            case 4 -> ("[" + json + ",]").getBytes(UTF_8);
            case 5 -> "[".repeat(20_000).getBytes(UTF_8);
            case 6 -> ("{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000)).getBytes(UTF_8);
            case 7 -> ("\uFEFF" + json).getBytes(UTF_8);
            case 8 -> json.getBytes(UTF_16LE);
            case 9 -> ("{\"type\":\"\u00e9\u00ff\",\"data\":\"\u00c0\u00af" + canary + "\"}").getBytes(ISO_8859_1);
            case 10 -> oneOf(ODD).getBytes(UTF_8);
            case 11 -> flipped(json.getBytes(UTF_8));
            case 12 -> random.nextInt(4) == 0 ? tooMany() : "[]".getBytes(UTF_8);
            default ->
                random.nextInt(4) == 0
                        ? ("\"" + "x".repeat(BODY_LIMIT) + "\"").getBytes(UTF_8)
                        : "[[]]".getBytes(UTF_8);
        };
    }

    private byte[] flipped(byte[] bytes) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private static byte[] tooMany() {
        return IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> "{\"type\":\"a\",\"data\":1}")
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(UTF_8);
    }

    /** Lines with one CloudEvent each; if not {@code right}, one line has an error. */
    private byte[] lines(boolean right) {
        List<String> lines = new ArrayList<>();
        int count = random.nextInt(1, 6);
        for (int i = 0; i < count; i++) {
            lines.add(object(cloudEvent()));
        }
        if (right) {
            return String.join("\n", lines).getBytes(UTF_8);
        }
        int wrong = random.nextInt(count);
        if (random.nextBoolean()) {
            lines.set(wrong, object(spoilt(cloudEvent())));
            return String.join(oneOf(List.of("\n", "\r\n", "\n\n")), lines).getBytes(UTF_8);
        }
        return bytes(String.join("\n", lines));
    }

    private Map<String, String> cloudEvent() {
        Map<String, String> event = new LinkedHashMap<>();
        event.put("specversion", "\"1.0\"");
        event.put("id", "\"" + (random.nextBoolean() ? id() : "evt_" + random.nextLong()) + "\"");
        event.put("source", "\"/fuzz\"");
        event.put("type", "\"noted\"");
        event.put("category", "\"fuzz\"");
        event.put("subject", "\"imported\"");
        switch (random.nextInt(8)) {
            case 0 -> event.put("data_base64", "\"AAEC\"");
            case 1 -> event.put("metadata", "{\"note\":\"%s\",\"n\":1}".formatted(canary));
            default -> event.put("data", "\"" + canary + "\"");
        }
        for (String attribute : ATTRIBUTES) {
            if (random.nextInt(ATTRIBUTES.size()) == 0) {
                event.putAll(fieldsOf(attribute.split("=")[0], attribute.split("=")[1]));
            }
        }
        return event;
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
