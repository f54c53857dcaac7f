package org.meowmx.rest.answer;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The number of events that were handled. */
@Schema(name = "Handled")
public record HandledAnswer(long handled) {}
