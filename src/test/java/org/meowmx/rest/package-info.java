/**
 * Tests of the REST API that need no server.
 */
package org.meowmx.rest;
