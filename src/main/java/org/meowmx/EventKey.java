package org.meowmx;

import java.util.UUID;

/**
 * The position and the id of a stored event.
 *
 * <p>A reader outside of the database stores both. After a restore from a backup, or a failover that lost events, another
 * event may be at the same position. The id shows it.
 *
 * @param position 1 or greater
 * @param id the id of the event
 */
public record EventKey(long position, UUID id) {}
