package org.meowmx.serialization;

/**
 * The content of an event as it goes into the database; checked.
 *
 * @param type stored event type
 * @param data JSON text of the data
 * @param metadata JSON text of the metadata, an object
 */
public record SerializedEvent(String type, String data, String metadata) {}
