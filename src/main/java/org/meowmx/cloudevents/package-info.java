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
 * <p>{@code CloudEventFormat} also reads and writes the batch format, a JSON array. {@link org.meowmx.cloudevents.HttpBinding}
 * reads the binary content mode of HTTP, in which attributes are headers.
 *
 * <table>
 * <caption>The mapping</caption>
 * <tr><th>attribute</th><th>written from</th><th>read into</th></tr>
 * <tr><td>{@code specversion}</td><td>{@code 1.0}</td><td>must be {@code 1.0}</td></tr>
 * <tr><td>{@code id}</td><td>the original id, or the event's id</td><td>the event's id. An id that is not a UUID becomes the UUID of
 *     version 5 of the id in the namespace of the source, which is the UUID of version 5 of the source in the namespace of
 *     URLs</td></tr>
 * <tr><td>{@code source}</td><td>the entry {@code ce-source}, or the log's id as {@code urn:uuid:LOG}</td><td>kept; required. If the
 *     entry is not a URI reference, the source is {@code urn:uuid:} and the UUID of version 5 of the entry in the namespace of URLs,
 *     and {@code metadata} has the entry</td></tr>
 * <tr><td>{@code type}</td><td>the event type</td><td>the event type</td></tr>
 * <tr><td>{@code category}, {@code subject}</td><td>the category and id of the stream</td><td>the stream, or
 *     {@link org.meowmx.cloudevents.StreamDefaults}</td></tr>
 * <tr><td>{@code time}</td><td>when the event was recorded</td><td>when the event was recorded; optional. Digits after the
 *     microseconds are cut off, and a leap second is the last microsecond before it</td></tr>
 * <tr><td>{@code version}, {@code position}</td><td>place in the stream and in the log</td><td>ignored</td></tr>
 * <tr><td>{@code metadata}</td><td>the metadata that are not attributes, as a JSON object in a string</td><td>the metadata:
 *     such a string, or an object of strings, numbers and Booleans; optional</td></tr>
 * <tr><td>{@code datacontenttype}</td><td>the original type, or {@code application/json}</td><td>kept</td></tr>
 * <tr><td>{@code dataschema}</td><td>the original schema</td><td>kept</td></tr>
 * <tr><td>{@code traceparent}, {@code tracestate}</td><td>the entries of these names</td><td>the entries of these names;
 *     strings</td></tr>
 * <tr><td>any other, such as {@code partitionkey}</td><td>the entry {@code ce-partitionkey}</td><td>kept: a string, a Boolean, or
 *     an integer of 32 bits. An event has up to 100 of them; if more entries of this form exist, all of them stay in
 *     {@code metadata}</td></tr>
 * <tr><td>{@code data}</td><td>the data</td><td>the data, any JSON. If the member is absent, the data is {@code null}</td></tr>
 * <tr><td>{@code data_base64}</td><td>data that came in this way</td><td>the data, as a string of Base64</td></tr>
 * </table>
 *
 * <p>{@code category}, {@code version}, {@code position} and {@code metadata} are extension attributes. An Integer of CloudEvents
 * has only 32 bits and no attribute can be an object, so positions and metadata are strings.
 *
 * <p>Attributes for which an event has no field are kept in its metadata, under {@code ce-} and their names, such as
 * {@code ce-source}. {@code ce-data-form} says that the data were {@code absent} or {@code base64}. {@code ce-not-text} lists the
 * attributes that are Booleans or integers. An application may write entries with the prefix itself, for example
 * {@code ce-partitionkey}, and they are exported as attributes.
 *
 * <p>Invariants:
 * <ul>
 *   <li>everything that was written can be read. Writing it again at the same position, in any log, gives the same text;
 *   <li>data pass through as text: numbers and the order of fields do not change. Line breaks between tokens become spaces;
 *   <li>no attribute is lost. An attribute whose name is that of a key of the store, in lower case, such as {@code principal}
 *       or {@code correlationid}, is refused. An attribute is also refused if the attribute {@code metadata} has it as well, under its prefix;
 *   <li>an exception names the attribute and the rule, and has nothing of the data.
 * </ul>
 */
@NullMarked
package org.meowmx.cloudevents;

import org.jspecify.annotations.NullMarked;
