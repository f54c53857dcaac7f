/**
 * Events of the log as CloudEvents 1.0, and back. Use it to exchange events with other systems: over HTTP, through a broker, or
 * in files.
 *
 * <p>{@link org.meowmx.cloudevents.CloudEventFormat#write CloudEventFormat.write} gives one line of JSON:
 *
 * <pre>{@code
 * {"specversion":"1.0","id":"01a2…","source":"urn:uuid:LOG","type":"item-added","category":"cart","subject":"7",
 *  "time":"2026-01-31T12:00:00Z","version":"1","position":"12","datacontenttype":"application/json","data":{"item":"tea"}}
 * }</pre>
 *
 * <table>
 * <caption>The mapping</caption>
 * <tr><th>attribute</th><th>written from</th><th>read into</th></tr>
 * <tr><td>{@code specversion}</td><td>{@code 1.0}</td><td>must be {@code 1.0}</td></tr>
 * <tr><td>{@code id}</td><td>the event's id</td><td>the event's id, a UUID</td></tr>
 * <tr><td>{@code source}</td><td>the log's id as {@code urn:uuid:LOG}</td><td>ignored</td></tr>
 * <tr><td>{@code type}</td><td>the event type</td><td>the event type</td></tr>
 * <tr><td>{@code category}, {@code subject}</td><td>the category and id of the stream</td><td>the stream</td></tr>
 * <tr><td>{@code time}</td><td>when the event was recorded</td><td>when the event was recorded; optional</td></tr>
 * <tr><td>{@code version}, {@code position}</td><td>place in the stream and in the log</td><td>ignored</td></tr>
 * <tr><td>{@code metadata}</td><td>the metadata as a JSON object in a string, if there are any</td><td>the metadata; optional</td></tr>
 * <tr><td>{@code datacontenttype}, {@code dataschema}</td><td>{@code application/json}; not written</td><td>ignored</td></tr>
 * <tr><td>{@code data}</td><td>the data</td><td>the data, any JSON; required, may be {@code null}</td></tr>
 * </table>
 *
 * <p>{@code category}, {@code version}, {@code position} and {@code metadata} are extension attributes. An Integer of CloudEvents
 * has only 32 bits and no attribute can be an object, so numbers and metadata are strings.
 *
 * <p>Invariants:
 * <ul>
 *   <li>reading what was written gives the same stream, id, type, data, metadata and time;
 *   <li>data pass through as text: numbers and the order of fields do not change;
 *   <li>an exception names the attribute and the rule, and has nothing of the data.
 * </ul>
 */
@NullMarked
package org.meowmx.cloudevents;

import org.jspecify.annotations.NullMarked;
