/**
 * The answers of the REST API: one record for each JSON object of a successful response. The OpenAPI document has their
 * schemas, and {@link org.meowmx.rest.message.Json#answer} writes them.
 *
 * <p>Every component is always written; a missing value is {@code null}. The data of an event are written as the stored
 * text.
 */
@NullMarked
package org.meowmx.rest.answer;

import org.jspecify.annotations.NullMarked;
