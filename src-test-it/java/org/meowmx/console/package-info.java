/**
 * The console in a real browser, on a real server: every test does what a person would do, and watches for scripts that run
 * uninvited and rules of the content security policy that are broken.
 */
package org.meowmx.console;
