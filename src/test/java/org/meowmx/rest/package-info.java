/** What the REST API reads and writes, without a server. */
package org.meowmx.rest;
