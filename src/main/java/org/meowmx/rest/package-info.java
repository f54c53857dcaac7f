/**
 * The REST API and the console. Programs in any language append, read and follow the log. Operators control
 * subscriptions.
 *
 * <p>Both are in the server WAR, at {@code /api} and {@code /}, and in a separate jar, which an application mounts at a
 * path of its choice. They are not in the library jar.
 *
 * <p>Resources translate between HTTP and the API of the library, and decide nothing themselves:
 * <ul>
 *   <li>the header {@code If-Match} is the expected version, and an {@code ETag} is a version;
 *   <li>an exception becomes a problem (RFC 9457) with a stable type;
 *   <li>a place in the log is a {@link org.meowmx.rest.message.Cursor}, which names its log;
 *   <li>an action of an operator is an {@link org.meowmx.rest.OperatorAction}, which is recorded in the audit log.
 * </ul>
 *
 * <p>Invariants:
 * <ul>
 *   <li>the data of an event pass through as text: they are neither bound to objects nor rewritten;
 *   <li>a request holds at most one body or one page of events in memory; a live reader holds at most one page that its
 *       client has not taken yet;
 *   <li>without a servlet mapping in {@code web.xml} nothing is published ({@link org.meowmx.rest.Mount}), and an
 *       application's own REST API is never affected ({@link org.meowmx.rest.mount});
 *   <li>a method that names no role in {@code @RolesAllowed} refuses every caller;
 *   <li>a change requires a content type that an HTML form cannot have, or a header that it cannot send, such as
 *       {@code X-Requested-With} ({@link org.meowmx.rest.CsrfFilter});
 *   <li>errors contain neither data of events nor stack traces of the server. Of a client's input they repeat names at
 *       most.
 * </ul>
 */
@NullMarked
package org.meowmx.rest;

import org.jspecify.annotations.NullMarked;
