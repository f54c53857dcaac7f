/**
 * Keeps the resources of this API out of the application's own REST API.
 *
 * <p>An {@code Application} class that lists no classes gets every {@code @Path} and {@code @Provider} class of its WAR, also
 * those of the jars in {@code WEB-INF/lib}. Therefore no provider of this API has the annotation {@code @Provider}, and every
 * resource is {@link org.meowmx.rest.mount.Mounted}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>a resource has a path under {@link org.meowmx.rest.mount.Mounted#ROOT}, which no other application uses. In this API
 *       {@link org.meowmx.rest.mount.RootFilter} puts it before the path of each request, so that clients never see it;
 *   <li>a resource answers only requests that this API has admitted. For any other request it does not exist.
 * </ul>
 */
@NullMarked
package org.meowmx.rest.mount;

import org.jspecify.annotations.NullMarked;
