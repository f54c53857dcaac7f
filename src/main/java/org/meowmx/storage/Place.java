package org.meowmx.storage;

import java.time.Instant;

/** The position, version and time that an event got when it was stored. */
record Place(long position, long version, Instant recordedAt) {}
