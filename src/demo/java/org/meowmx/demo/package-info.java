/**
 * The sample: orders that are placed, checked for credit, and shipped. It uses the domain of
 * {@link org.meowmx.demo.domain}, and is part of the demo's WAR only.
 */
@NullMarked
package org.meowmx.demo;

import org.jspecify.annotations.NullMarked;
