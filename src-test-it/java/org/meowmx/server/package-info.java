/** Real servers, for tests and for the demo: PostgreSQL, and Open Liberty with the WAR. Whoever starts one stops it. */
package org.meowmx.server;
