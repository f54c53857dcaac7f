package org.meowmx.rest.answer;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A subscription that was moved to another position, and the number of its parked events that were discarded. */
@Schema(name = "Moved")
public record MovedAnswer(long discarded, SubscriptionAnswer subscription) {}
