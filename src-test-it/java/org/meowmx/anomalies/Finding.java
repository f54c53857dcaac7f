package org.meowmx.anomalies;

/**
 * An anomaly that was found.
 *
 * @param stream the stream of the event concerned; empty if no stream is concerned
 * @param detail the facts
 */
public record Finding(Anomaly anomaly, String stream, String detail) {

    static Finding of(Anomaly anomaly, LogEntry event, String detail) {
        return new Finding(anomaly, event.stream(), detail + ": " + event);
    }

    @Override
    public String toString() {
        return anomaly + " (" + anomaly.meaning() + "): " + detail;
    }
}
