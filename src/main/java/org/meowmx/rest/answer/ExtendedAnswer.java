package org.meowmx.rest.answer;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** When a lease expires. */
@Schema(name = "Extended")
public record ExtendedAnswer(Instant until) {}
