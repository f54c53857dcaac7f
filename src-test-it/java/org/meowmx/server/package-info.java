/**
 * Real servers for tests and for the demo: PostgreSQL, and Open Liberty or WildFly with the WAR. The caller that starts
 * a server stops it.
 */
package org.meowmx.server;
