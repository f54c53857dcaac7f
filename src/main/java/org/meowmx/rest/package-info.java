/**
 * The REST API and the console. They are in the server WAR, at {@code /api} and {@code /}, and in a jar of their own, which an
 * application mounts at a path of its choice. They are not in the library jar. Programs in any language append, read and follow
 * the log. Operators control subscriptions.
 *
 * <p>Resources translate between HTTP and the API of the library, and decide nothing themselves. An expected version is an
 * {@code If-Match} header, and a version is an {@code ETag}. An exception is a problem (RFC 9457) with a stable type. A place in
 * the log is a {@link org.meowmx.rest.message.Cursor}, which names the log that it belongs to. An action of an operator is an
 * {@link org.meowmx.rest.OperatorAction}, which is recorded in the audit log.
 *
 * <p>Invariants:
 * <ul>
 *   <li>the data of an event pass through as text: they are neither bound to objects nor rewritten;
 *   <li>a request holds at most one body or one page of events in memory; a live reader holds at most one page that its client
 *       has not taken yet;
 *   <li>without a servlet mapping in {@code web.xml} nothing is published ({@link org.meowmx.rest.Mount}), and an application's
 *       own REST API is never affected ({@link org.meowmx.rest.mount});
 *   <li>a method that names no role in {@code @RolesAllowed} refuses every caller;
 *   <li>a change requires a JSON content type or the header {@code X-Requested-With}, which a cross-site form cannot send;
 *   <li>errors never contain data, stack traces of the server, or what a client has sent.
 * </ul>
 */
@NullMarked
package org.meowmx.rest;

import org.jspecify.annotations.NullMarked;
