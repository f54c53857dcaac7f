/**
 * A real history: the changes of a public code base, imported through the API and compared with the file.
 */
package org.meowmx.history;
