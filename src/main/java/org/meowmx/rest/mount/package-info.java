/**
 * Keeps the resources of this API out of the application's own REST API.
 *
 * <p>The problem: an {@code Application} class that lists no classes gets every {@code @Path} and {@code @Provider}
 * class of its WAR, also those of the jars in {@code WEB-INF/lib}. Therefore no provider of this API has the annotation
 * {@code @Provider}, and every resource is {@link org.meowmx.rest.mount.Mounted}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>the path of a resource begins with {@link org.meowmx.rest.mount.Mounted#ROOT}, which no other application uses.
 *       {@link org.meowmx.rest.mount.RootFilter} adds it to the path of each request of this API, so clients never see
 *       it;
 *   <li>a resource answers only requests that this API has admitted. For any other request it answers 404.
 * </ul>
 */
@NullMarked
package org.meowmx.rest.mount;

import org.jspecify.annotations.NullMarked;
