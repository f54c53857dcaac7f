package org.meowmx.rest.message;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The media types of events. */
public final class MediaTypes {

    /** Lines of JSON. The three names are used for the same form. */
    public static final String LINES = "application/x-ndjson";

    public static final String NDJSON = "application/ndjson";
    public static final String JSONL = "application/jsonl";

    /** One CloudEvent. */
    public static final String EVENT = "application/cloudevents+json";

    /** A JSON array of CloudEvents. */
    public static final String BATCH = "application/cloudevents-batch+json";

    private static final Set<String> OF_LINES = Set.of(LINES, NDJSON, JSONL);

    private MediaTypes() {}

    /** The name of a type without its parameters, in lower case; empty if there is no type. */
    public static String name(String contentType) {
        int parameters = contentType.indexOf(';');
        String name = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return name.strip().toLowerCase(Locale.ROOT);
    }

    public static boolean isLines(String name) {
        return OF_LINES.contains(name);
    }

    /**
     * The type of the answer: the one that the client prefers.
     *
     * @param offered the available types; the first one if the client accepts any
     */
    public static String accepted(HttpHeaders request, List<String> offered) {
        return request.getAcceptableMediaTypes().stream()
                .flatMap(wanted -> offered.stream().filter(type -> wanted.isCompatible(MediaType.valueOf(type))))
                .findFirst()
                .orElse(offered.get(0));
    }
}
