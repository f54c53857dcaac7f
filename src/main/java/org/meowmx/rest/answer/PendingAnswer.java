package org.meowmx.rest.answer;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An operation that another node has to carry out. */
@Schema(name = "Pending")
public record PendingAnswer(String subscription, String detail) {}
