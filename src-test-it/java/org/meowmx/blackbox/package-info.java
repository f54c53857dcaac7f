/** The WAR on a real server, seen from outside. */
package org.meowmx.blackbox;
