/** The README's five minutes in code, as an application and its test, so that the README cannot be wrong for long. */
package org.meowmx.tour;
