/**
 * The README's five minutes in code, as an application and its tests, with what {@code docs/testing.md} shows of them, so that
 * neither can be wrong for long.
 */
package org.meowmx.tour;
