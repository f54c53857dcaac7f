/**
 * What an HTTP request contributes to the events that are appended in it: an optional filter for Jakarta REST.
 *
 * <p>Two problems of a web application: an event should show which request caused it, and a client that repeats a
 * request after a lost reply must not store its events twice. An application switches the filter on by one class. The
 * server, {@code meowmx.war}, has it switched on:
 *
 * <pre>{@code
 * @Provider
 * public class RequestMetadata extends RequestMetadataFilter {}
 * }</pre>
 *
 * <p>{@link org.meowmx.request.RequestMetadataFilter} reads the headers and the caller's principal into a
 * request-scoped bean. A {@link org.meowmx.metadata.MetadataContributor} takes the metadata from there, in whichever
 * class the request appends.
 *
 * <p>If the request has an {@code Idempotency-Key}, the ids of its events are derived
 * ({@link org.meowmx.IdempotencyKey}) from the key, the stream, and the ordinal of the event among those that the
 * request has appended to that stream. A client that repeats the request therefore gets the original events, and
 * nothing is stored twice.
 *
 * <p>Invariants:
 * <ul>
 *   <li>ids are derived in the caller's thread, before the store builds the append; ids that the writer gives are kept;
 *   <li>an append counts only if it succeeds. If it fails, or its transaction is rolled back, its ordinals are used
 *       again, unless another transaction has appended to the stream since. A retry within the request therefore
 *       derives the ids of the first attempt;
 *   <li>a thread without a request is not affected. Nor are handlers of a subscription that run in the thread of a
 *       request;
 *   <li>invalid headers for correlation and tracing are ignored, as W3C Trace Context requires. An invalid
 *       {@code Idempotency-Key} is refused with 400, because the client relies on it.
 * </ul>
 */
@NullMarked
package org.meowmx.request;

import org.jspecify.annotations.NullMarked;
