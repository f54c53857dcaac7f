/**
 * Tests of the console in a real browser, on a real server. Every test acts like a person, and fails if an injected
 * script runs or the content security policy is violated.
 */
package org.meowmx.console;
