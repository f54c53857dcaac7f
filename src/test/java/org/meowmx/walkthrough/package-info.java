/** What {@code docs/modelling.md} and {@code docs/evolution.md} walk through, as tests, so that they cannot be wrong for long. */
package org.meowmx.walkthrough;
