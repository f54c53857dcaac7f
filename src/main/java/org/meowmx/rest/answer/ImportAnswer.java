package org.meowmx.rest.answer;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of an import.
 *
 * @param lines the number of lines, or of events in other forms
 */
@Schema(name = "Imported")
public record ImportAnswer(long lines, long stored, long known) {}
