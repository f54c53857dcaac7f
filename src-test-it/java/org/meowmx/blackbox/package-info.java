/**
 * Tests of the WAR on a real server, through its public interfaces.
 */
package org.meowmx.blackbox;
