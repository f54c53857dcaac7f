package org.meowmx.serialization;

/**
 * The content of an event as text for the database. It has been checked.
 *
 * @param type the stored event type
 * @param data the JSON text of the data
 * @param metadata the JSON text of the metadata, an object
 */
public record SerializedEvent(String type, String data, String metadata) {}
