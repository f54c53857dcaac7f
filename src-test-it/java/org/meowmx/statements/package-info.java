/** How many statements an operation costs, counted at the driver. */
package org.meowmx.statements;
