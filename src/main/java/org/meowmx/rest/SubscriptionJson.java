package org.meowmx.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import org.meowmx.rest.message.Json;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.SubscriptionStatus;

/** Subscriptions as JSON. */
final class SubscriptionJson {

    private SubscriptionJson() {}

    static void status(JsonGenerator json, SubscriptionStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", status.name());
        json.writeStringField("state", state(status));
        json.writeBooleanField("declared", status.declared());
        json.writeNumberField("position", status.position());
        json.writeNumberField("lagEvents", status.lagEvents());
        json.writeNumberField("lagSeconds", status.lag().toMillis() / 1e3);
        json.writeNumberField("parkedStreams", status.parkedStreams());
        json.writeNumberField("wantedSegments", status.wantedSegments());
        Json.text(json, "operation", status.operation());
        Json.list(json, "segments", status.segments(), SubscriptionJson::segment);
        json.writeEndObject();
    }

    /** An orphan handles nothing, whatever the state of its checkpoint is. */
    private static String state(SubscriptionStatus status) {
        return status.declared() ? status.state().name().toLowerCase(Locale.ROOT) : "orphaned";
    }

    private static void segment(JsonGenerator json, SubscriptionStatus.Segment segment) throws IOException {
        json.writeStartObject();
        json.writeNumberField("firstSlice", segment.firstSlice());
        json.writeNumberField("lastSlice", segment.lastSlice());
        json.writeNumberField("position", segment.position());
        json.writeNumberField("attempts", segment.attempts());
        Json.text(json, "failure", segment.lastFailure());
        Json.text(json, "retryAt", segment.retryAt());
        Json.text(json, "delayedSince", segment.delayedSince());
        Json.text(json, "node", segment.node());
        json.writeEndObject();
    }

    static void parked(JsonGenerator json, ParkedStream parked) throws IOException {
        json.writeStartObject();
        Json.stream(json, parked.stream());
        json.writeNumberField("events", parked.events());
        json.writeNumberField("firstPosition", parked.firstPosition());
        json.writeNumberField("firstVersion", parked.firstVersion());
        json.writeStringField("failure", parked.failure());
        Json.time(json, "parkedAt", parked.parkedAt());
        json.writeEndObject();
    }
}
