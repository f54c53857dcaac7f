/**
 * The REST API of the server WAR, under {@code /api}; no part of the library jar. Programs in any language append, read and
 * follow the log through it, and people operate subscriptions.
 *
 * <p>The idea: resources translate between HTTP and the API of {@code org.meowmx} and decide nothing themselves. An expected
 * version is an {@code If-Match} header, a version is an {@code ETag}, an exception is a problem (RFC 9457) with a stable
 * type, and a place in the log is a {@link org.meowmx.rest.message.Cursor} that knows which log it belongs to.
 *
 * <p>Invariants:
 * <ul>
 *   <li>the data of an event passes through as text: it is neither bound to objects nor written anew;
 *   <li>no request makes the server hold more than one body or one page of events in memory, and a live reader no more than
 *       one page that it has not taken yet;
 *   <li>a method that names no role in {@code @RolesAllowed} is open to nobody;
 *   <li>nothing changes state without a JSON content type or the header {@code X-Requested-With}, which a cross-site form
 *       cannot send;
 *   <li>errors never show data, stack traces of the server or what a client has sent.
 * </ul>
 */
@NullMarked
package org.meowmx.rest;

import org.jspecify.annotations.NullMarked;
