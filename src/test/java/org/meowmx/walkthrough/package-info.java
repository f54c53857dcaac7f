/** The examples of {@code docs/evolution.md}, and tests of the test kit's scenarios. */
package org.meowmx.walkthrough;
