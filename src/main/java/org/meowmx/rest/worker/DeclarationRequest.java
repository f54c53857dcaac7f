package org.meowmx.rest.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meowmx.StreamId;
import org.meowmx.rest.message.JsonObject;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.lease.ExternalSubscription;
import org.meowmx.subscription.lease.ExternalSubscription.Creation;
import org.meowmx.subscription.lease.ExternalSubscription.Failures;

/** The body of a request that declares an external subscription. A field that is left out has its default. */
public final class DeclarationRequest {

    private static final Set<String> FIELDS =
            Set.of("category", "types", "start", "segments", "onFailure", "maxAttempts", "retryDelay", "maxRetryDelay");

    private static final Duration SHORTEST_DELAY = Duration.ofMillis(1);
    private static final Duration LONGEST_DELAY = Duration.ofDays(20);

    private DeclarationRequest() {}

    /** Reads a body. */
    public static ExternalSubscription read(String name, String body) {
        JsonObject sent = JsonObject.one(body, FIELDS);
        @Nullable String category = sent.has("category") ? sent.name("category") : null;
        Set<String> types = sent.has("types") ? Set.copyOf(sent.texts("types")) : Set.of();
        if (types.size() > ExternalSubscription.MOST_TYPES) {
            throw sent.invalid("/types", "must have at most %d elements".formatted(ExternalSubscription.MOST_TYPES));
        }
        return new ExternalSubscription(name, category, types, creation(sent), failures(sent));
    }

    private static Creation creation(JsonObject sent) {
        Creation defaults = Creation.DEFAULT;
        return new Creation(
                sent.has("segments") ? (int) sent.number("segments", 1, StreamId.SLICES) : defaults.segments(),
                sent.has("start") ? start(sent) : defaults.start());
    }

    /** A position is a number; everything else is text. */
    private static ReadFrom start(JsonObject sent) {
        String json = String.valueOf(sent.json("start"));
        if (!json.startsWith("\"")) {
            return ReadFrom.after(sent.number("start", 0, Long.MAX_VALUE));
        }
        return switch (sent.string("start")) {
            case "beginning" -> ReadFrom.beginning();
            case "now" -> ReadFrom.now();
            default -> ReadFrom.time(time(sent));
        };
    }

    private static Instant time(JsonObject sent) {
        return sent.time("start");
    }

    private static Failures failures(JsonObject sent) {
        Failures defaults = Failures.DEFAULT;
        return new Failures(
                sent.has("onFailure") ? isParking(sent) : defaults.parking(),
                sent.has("maxAttempts") ? (int) sent.number("maxAttempts", 1, 1_000_000) : defaults.maxAttempts(),
                delay(sent, "retryDelay", defaults.retryDelay()),
                delay(sent, "maxRetryDelay", defaults.maxRetryDelay()));
    }

    private static boolean isParking(JsonObject sent) {
        return switch (sent.string("onFailure")) {
            case "block" -> false;
            case "park" -> true;
            default -> throw sent.invalid("/onFailure", "must be block or park");
        };
    }

    private static Duration delay(JsonObject sent, String field, Duration otherwise) {
        return sent.has(field) ? sent.duration(field, SHORTEST_DELAY, LONGEST_DELAY) : otherwise;
    }
}
