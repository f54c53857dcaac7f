/** Several nodes on one PostgreSQL: child JVMs that are killed, frozen and restarted while they share a subscription. */
package org.meowmx.cluster;
