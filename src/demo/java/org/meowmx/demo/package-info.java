/** The sample: orders that are placed, checked for credit, and shipped, over the pure domain. It is part of the demo's WAR only. */
@NullMarked
package org.meowmx.demo;

import org.jspecify.annotations.NullMarked;
