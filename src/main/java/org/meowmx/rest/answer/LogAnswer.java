package org.meowmx.rest.answer;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of the log. */
@Schema(name = "LogPage")
public record LogAnswer(UUID log, List<EventAnswer> events, String cursor, long highWaterMark) {}
