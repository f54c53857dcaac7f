package org.meowmx.anomalies;

import java.util.UUID;

/**
 * An event as it is stored, handled, or answered to its writer.
 *
 * @param stream category and id, in the text form of the stream id
 */
public record LogEntry(UUID event, String stream, long version, long position) {

    @Override
    public String toString() {
        return stream + " version " + version + " at " + position + " (" + event + ")";
    }
}
