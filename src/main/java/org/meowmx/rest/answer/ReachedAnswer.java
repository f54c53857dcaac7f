package org.meowmx.rest.answer;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether a subscription reached a position in time. */
@Schema(name = "Reached")
public record ReachedAnswer(boolean reached) {}
