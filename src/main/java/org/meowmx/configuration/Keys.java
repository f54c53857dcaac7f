package org.meowmx.configuration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The configuration keys of the store and the REST API. Subscriptions declare their keys in their own package. */
public final class Keys {

    public static final Key<SchemaMode> SCHEMA_MODE = Key.of(
            "meowmx.schema.mode",
            "validate",
            Values.oneOf(SchemaMode.class),
            "what the store does about its tables at start");

    public static final Key<Integer> MAX_EVENTS = Key.of(
            "meowmx.append.max-events",
            "10000",
            Values.wholeNumber(1, 100_000),
            "the largest number of events in one append");

    public static final Key<Boolean> GROUP_COMMIT = Key.of(
            "meowmx.append.group-commit",
            "true",
            Values.flag(),
            "whether appends of callers without a transaction may share one");

    /**
     * PostgreSQL stores at most 256 MiB as jsonb, and needs up to six bytes for a character, for example in an array of digits.
     */
    public static final Key<Integer> MAX_EVENT_SIZE = Key.of(
            "meowmx.event.max-size",
            "16777216",
            Values.wholeNumber(1, 33_554_432),
            "the largest JSON of one event, in characters");

    /** The upper limit is the longest array of Java. */
    public static final Key<Integer> MAX_BODY = Key.of(
            "meowmx.rest.max-body",
            "33554432",
            Values.wholeNumber(1, Integer.MAX_VALUE - 8),
            "the largest request body in bytes");

    public static final Key<Integer> LIVE_MAX_READERS = Key.of(
            "meowmx.rest.live.max-readers",
            "1000",
            Values.wholeNumber(0, 1_000_000),
            "the number of clients that may follow the log on this node at the same time");

    public static final Key<Duration> LIVE_HEARTBEAT = Key.of(
            "meowmx.rest.live.heartbeat",
            "PT15S",
            Values.duration("PT0.1S", "PT24H"),
            "the time without an event after which a client that follows the log is sent a comment");

    public static final Key<Integer> WORKERS_MAX_WAITING = Key.of(
            "meowmx.rest.workers.max-waiting",
            "1000",
            Values.wholeNumber(0, 1_000_000),
            "the number of workers that may wait for a lease on this node at the same time");

    public static final Key<PrincipalMode> METADATA_PRINCIPAL = Key.of(
            "meowmx.metadata.principal",
            "request",
            Values.oneOf(PrincipalMode.class),
            "when the name of the caller's principal is added to the metadata of events");

    public static final Key<Optional<String>> NODE = Key.optional(
            "meowmx.node",
            "APPLICATION@HOSTNAME and a random suffix",
            Values.text("any text"),
            "the name of this application instance in status, console and REST");

    /** All keys of this class. */
    public static final List<Key<?>> ALL = List.of(
            SCHEMA_MODE,
            MAX_EVENTS,
            GROUP_COMMIT,
            MAX_EVENT_SIZE,
            MAX_BODY,
            LIVE_MAX_READERS,
            LIVE_HEARTBEAT,
            WORKERS_MAX_WAITING,
            METADATA_PRINCIPAL,
            NODE);

    private Keys() {}
}
