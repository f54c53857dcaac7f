/** The sample domain: orders that are placed, checked for credit, and shipped. It is part of the demo's WAR only. */
@NullMarked
package org.meowmx.demo;

import org.jspecify.annotations.NullMarked;
