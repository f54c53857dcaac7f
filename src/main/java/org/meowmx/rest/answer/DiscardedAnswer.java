package org.meowmx.rest.answer;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The number of parked events that were discarded. */
@Schema(name = "Discarded")
public record DiscardedAnswer(long discarded) {}
