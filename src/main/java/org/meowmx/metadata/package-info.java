/**
 * Metadata that is added to every append: who appends, on whose behalf, and anything else that an application wants to
 * find with each event.
 *
 * <p>An application implements {@link org.meowmx.metadata.MetadataContributor} as a CDI bean. The store calls it in the
 * thread that appends, before it builds the statement:
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class TenantMetadata implements MetadataContributor {
 *
 *     @Inject CurrentTenant tenant;
 *
 *     @Override
 *     public Metadata contribute(StreamAppend append) {
 *         return Metadata.of("tenant", tenant.name());
 *     }
 * }
 * }</pre>
 *
 * <p>For each key of an event, the first of these gives the value: the writer of the event, the event that is being handled
 * (correlation and causation), the current OpenTelemetry span ({@code traceparent}), the contributors in the order of their
 * {@code @Priority}. A contributed {@code traceparent} has precedence over a span of another trace, so that the trace of the
 * caller continues.
 *
 * <p>Invariants:
 * <ul>
 *   <li>a contributor never replaces a value of the writer;
 *   <li>an exception of a contributor fails the append, and nothing is written;
 *   <li>an event whose time of recording the writer gave, as an import does, gets no contributed metadata, because it
 *       was recorded elsewhere;
 *   <li>the store does not compare metadata when it recognises a repeated append. The original metadata stays.
 * </ul>
 *
 * <p>The key {@code meowmx.metadata.principal} decides about the caller's principal; see
 * {@link org.meowmx.Metadata#PRINCIPAL}. What an HTTP request contributes is in {@code org.meowmx.request}.
 */
@NullMarked
package org.meowmx.metadata;

import org.jspecify.annotations.NullMarked;
