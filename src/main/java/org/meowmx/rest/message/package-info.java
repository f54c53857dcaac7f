/**
 * The parts of requests and responses: bodies, parameters, cursors, JSON, problems, and the audit log.
 *
 * <p>Every resource reads its input with {@link org.meowmx.rest.message.Body},
 * {@link org.meowmx.rest.message.JsonObject} and {@link org.meowmx.rest.message.Parameters}, and answers with
 * {@link org.meowmx.rest.message.Json} or a {@link org.meowmx.rest.message.Problem}. No class of this package uses a
 * resource.
 */
@NullMarked
package org.meowmx.rest.message;

import org.jspecify.annotations.NullMarked;
