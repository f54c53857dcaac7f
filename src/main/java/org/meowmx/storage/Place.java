package org.meowmx.storage;

import java.time.Instant;

/** Where and when the database put an event. */
record Place(long position, long version, Instant recordedAt) {}
