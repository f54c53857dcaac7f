package org.meowmx.rest.answer;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A version of a projection that was retired, and what is left to do in the application. */
@Schema(name = "Retired")
public record RetiredAnswer(String projection, int version, String detail) {}
