/**
 * The answers of the REST API: one record for each JSON object that a request that succeeds can get. The OpenAPI document has their
 * schemas, and {@link org.meowmx.rest.message.Json#answer} writes them.
 *
 * <p>Every component is always written: one without a value as {@code null}. The data of events are written as the text that they
 * are.
 */
@NullMarked
package org.meowmx.rest.answer;

import org.jspecify.annotations.NullMarked;
