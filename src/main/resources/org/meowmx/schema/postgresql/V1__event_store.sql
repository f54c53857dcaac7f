-- meowmx schema version 1, PostgreSQL 14 or newer. Creates its tables in the current schema.

-- What the columns of streams and events may hold. Domains, because PostgreSQL reads the checks of a table anew for each
-- statement, and those of a domain once for each session.
create domain meowmx_version as bigint check (value > 0);
create domain meowmx_stream_version as bigint check (value >= 0);
create domain meowmx_slice as smallint check (value between 0 and 1023);
create domain meowmx_metadata as jsonb check (jsonb_typeof(value) = 'object');

-- One row per stream. Its row lock makes the writers of one stream take turns; the version is the stream's last event. Version 0
-- exists only within an append to several streams, which creates the rows before it locks them all.
create table meowmx_streams (
    category   text collate "C" not null,
    stream_id  text collate "C" not null,
    version    meowmx_stream_version not null,
    primary key (category, stream_id)
) with (fillfactor = 70);

-- The log, append-only. Positions are drawn by the append statement and nowhere else, one by one.
create table meowmx_events (
    position     bigint generated always as identity (sequence name meowmx_events_position_seq cache 1) primary key,
    event_id     uuid not null constraint meowmx_events_event_id_key unique,
    category     text collate "C" not null,
    stream_id    text collate "C" not null,
    version      meowmx_version not null,
    slice        meowmx_slice not null,
    type         text collate "C" not null,
    data         jsonb not null,
    metadata     meowmx_metadata not null,
    recorded_at  timestamptz not null,
    constraint meowmx_events_stream_version_key unique (stream_id, category, version)
);
create index meowmx_events_category_position on meowmx_events (category, position);
create index meowmx_events_correlation on meowmx_events ((metadata ->> 'correlationId'))
    where metadata ->> 'correlationId' is not null;

-- How far each subscription has read, by segment, which is a range of slices: every event at or below the position is
-- handled or parked. Its row lock is the claim of the worker whose turn it is. category and types are the filter that it reads
-- under; null is everything, several types are set apart by U+001F. attempts, last_failure and retry_at tell of the event that
-- the segment is failing at. delayed_since is when a transient failure, such as a lost connection, began to delay the segment.
-- A segment that reads events up to live_after handles them again. Their live effects have happened. A new subscription has none
-- for the events that were in the log before. origin is the namespace of the ids of appended events; all segments have the same one, and
-- a renamed subscription keeps it, and so do all versions of a projection.
-- While segments are being merged, none reads past merge_at; when all are there, wanted_segments others replace them.
-- operation is what an operator requested on a node that cannot carry it out; operation_id and operation_failure are of the last
-- request, also after it was carried out.
-- A worker outside of the JVM leases a page of the segment: the events after position, up to lease_to, until lease_until by the
-- database's clock. lease_parked is the position of the parked event that the lease is for, if an operator retries one. After a lease
-- of several events has expired, single_to is the last of them: each event up to it is leased alone.
-- external is whether workers move the checkpoint. Otherwise, turns of nodes do. So they never share one.
create table meowmx_checkpoints (
    subscription       text collate "C" not null,
    first_slice        smallint not null check (first_slice >= 0),
    last_slice         smallint not null check (last_slice between first_slice and 1023),
    position           bigint not null check (position >= 0),
    live_after         bigint not null check (live_after >= position),
    origin             uuid not null,
    category           text collate "C",
    types              text,
    paused             boolean default false not null,
    attempts           integer default 0 not null check (attempts >= 0),
    last_failure       text,
    retry_at           timestamptz,
    node               text,
    wanted_segments    smallint check (wanted_segments between 1 and 1024),
    merge_at           bigint,
    delayed_since      timestamptz,
    operation          text,
    operation_id       uuid,
    operation_failure  text,
    lease_id           uuid,
    lease_to           bigint,
    lease_until        timestamptz,
    lease_worker       text,
    lease_parked       bigint,
    single_to          bigint,
    external           boolean default false not null,
    lock_version       bigint not null,
    primary key (subscription, first_slice),
    check ((wanted_segments is null) = (merge_at is null)),
    check (num_nulls(lease_id, lease_to, lease_until, lease_worker) in (0, 4)),
    check (lease_parked is null or lease_id is not null)
);

-- Subscriptions that were declared at run time for workers outside of the JVM. category and types as in meowmx_checkpoints. Delays
-- are milliseconds.
create table meowmx_subscriptions (
    subscription     text collate "C" primary key,
    category         text collate "C",
    types            text,
    parking          boolean not null,
    max_attempts     integer not null check (max_attempts > 0),
    retry_delay      bigint not null check (retry_delay > 0),
    max_retry_delay  bigint not null check (max_retry_delay > 0),
    declared_at      timestamptz not null
);

-- Subscriptions that were renamed or deleted on purpose. An older release that still declares such a name must not create its
-- checkpoints again. renamed_to is null if the subscription was deleted.
create table meowmx_removed_subscriptions (
    subscription  text collate "C" primary key,
    renamed_to    text collate "C",
    removed_at    timestamptz not null
);

-- Which version of a projection serves its readers, and since when. A projection that has only version 1 needs no row, and
-- version 1 serves. The checkpoints of version 1 have the projection's name, those of version 2 the name and '@2'.
create table meowmx_projections (
    projection   text collate "C" primary key,
    serving      integer not null check (serving > 0),
    switched_at  timestamptz not null
);

-- Events that a subscription has set aside, in the order of their streams. The first of a stream has the failure. replay is whether
-- the event was being handled again when it was parked.
create table meowmx_parked_events (
    subscription  text collate "C" not null,
    position      bigint not null,
    category      text collate "C" not null,
    stream_id     text collate "C" not null,
    version       bigint not null,
    failure       text,
    parked_at     timestamptz not null,
    replay        boolean default false not null,
    primary key (subscription, position)
);
create index meowmx_parked_events_stream on meowmx_parked_events (subscription, category, stream_id, version);

-- The application instances that share the tables: each increments its beat while it runs. Each row has the filters of its node, so
-- nodes of an older release do not skip events that a newer one requests. The times are for people only.
create table meowmx_nodes (
    instance    uuid primary key,
    name        text not null,
    release     text not null,
    filters     jsonb not null check (jsonb_typeof(filters) = 'object'),
    started_at  timestamptz not null,
    seen_at     timestamptz not null,
    beat        bigint not null
);

-- States of streams as folded up to a version, so that a long stream need not be read from its beginning. A cache: rows may be
-- deleted at any time. The kind names the record that is kept, with its schema version and shape; event_id is the last event
-- in it.
create table meowmx_snapshots (
    category   text collate "C" not null,
    stream_id  text collate "C" not null,
    kind       text collate "C" not null,
    version    bigint not null check (version > 0),
    event_id   uuid not null,
    data       text not null,
    taken_at   timestamptz not null,
    primary key (category, stream_id, kind)
);

-- Which log this is, and at which version its schema is. One row.
create table meowmx_log (
    id              smallint primary key default 1 check (id = 1),
    log_id          uuid not null default gen_random_uuid(),
    schema_version  integer not null
);
insert into meowmx_log (schema_version) values (1);
