/**
 * The configuration keys of the application: their declaration, their values, and the check at start.
 *
 * <p>Each key is declared once, as a {@link org.meowmx.configuration.Key} with its name, default, allowed values and meaning.
 * {@link org.meowmx.configuration.Keys} lists the keys of the store and the REST API. Another package declares further keys as a
 * {@link org.meowmx.configuration.KeyGroup} bean. Beans read values from the injected
 * {@link org.meowmx.configuration.Settings}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>the deployment fails if a value is not allowed, or if a property with a prefix of the library is not a key. All mistakes of all
 *       groups are reported at once, before anything else starts;
 *   <li>a value is read once; a change takes effect at the next start;
 *   <li>{@code docs/configuration.md} has the same keys, defaults and allowed values.
 * </ul>
 */
@NullMarked
package org.meowmx.configuration;

import org.jspecify.annotations.NullMarked;
