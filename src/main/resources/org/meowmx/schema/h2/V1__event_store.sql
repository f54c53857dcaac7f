-- meowmx schema version 1, H2 in PostgreSQL mode. For tests.

create table meowmx_streams (
    category   varchar(255) not null,
    stream_id  varchar(255) not null,
    version    bigint not null check (version > 0),
    primary key (category, stream_id)
);

create table meowmx_events (
    position     bigint generated always as identity primary key,
    event_id     uuid not null constraint meowmx_events_event_id_key unique,
    category     varchar(255) not null,
    stream_id    varchar(255) not null,
    version      bigint not null check (version > 0),
    slice        smallint not null check (slice between 0 and 1023),
    type         varchar(255) not null,
    data         json not null,
    metadata     json not null,
    recorded_at  timestamp(6) with time zone not null,
    constraint meowmx_events_stream_version_key unique (stream_id, category, version)
);
create index meowmx_events_category_position on meowmx_events (category, position);

create table meowmx_checkpoints (
    subscription       varchar(255) not null,
    first_slice        smallint not null check (first_slice >= 0),
    last_slice         smallint not null check (last_slice between first_slice and 1023),
    position           bigint not null check (position >= 0),
    live_after         bigint not null,
    origin             uuid not null,
    category           varchar(255),
    types              varchar,
    paused             boolean default false not null,
    attempts           integer default 0 not null check (attempts >= 0),
    last_failure       varchar,
    retry_at           timestamp(6) with time zone,
    node               varchar,
    wanted_segments    smallint check (wanted_segments between 1 and 1024),
    merge_at           bigint,
    delayed_since      timestamp(6) with time zone,
    operation          varchar,
    operation_id       uuid,
    operation_failure  varchar,
    lease_id           uuid,
    lease_to           bigint,
    lease_until        timestamp(6) with time zone,
    lease_worker       varchar,
    lease_parked       bigint,
    single_to          bigint,
    external           boolean default false not null,
    lock_version       bigint not null,
    primary key (subscription, first_slice),
    check (live_after >= position),
    check ((wanted_segments is null) = (merge_at is null)),
    check ((lease_id is null) = (lease_to is null) and (lease_id is null) = (lease_until is null)
           and (lease_id is null) = (lease_worker is null)),
    check (lease_parked is null or lease_id is not null)
);

create table meowmx_subscriptions (
    subscription     varchar(255) primary key,
    category         varchar(255),
    types            varchar,
    parking          boolean not null,
    max_attempts     integer not null check (max_attempts > 0),
    retry_delay      bigint not null check (retry_delay > 0),
    max_retry_delay  bigint not null check (max_retry_delay > 0),
    declared_at      timestamp(6) with time zone not null
);

create table meowmx_removed_subscriptions (
    subscription  varchar(255) primary key,
    renamed_to    varchar(255),
    removed_at    timestamp(6) with time zone not null
);

create table meowmx_projections (
    projection   varchar(255) primary key,
    serving      integer not null check (serving > 0),
    switched_at  timestamp(6) with time zone not null
);

create table meowmx_parked_events (
    subscription  varchar(255) not null,
    position      bigint not null,
    category      varchar(255) not null,
    stream_id     varchar(255) not null,
    version       bigint not null,
    failure       varchar,
    parked_at     timestamp(6) with time zone not null,
    replay        boolean default false not null,
    primary key (subscription, position)
);
create index meowmx_parked_events_stream on meowmx_parked_events (subscription, category, stream_id, version);

create table meowmx_nodes (
    instance    uuid primary key,
    name        varchar not null,
    release     varchar not null,
    filters     json not null,
    started_at  timestamp(6) with time zone not null,
    seen_at     timestamp(6) with time zone not null,
    beat        bigint not null
);

create table meowmx_snapshots (
    category   varchar(255) not null,
    stream_id  varchar(255) not null,
    kind       varchar not null,
    version    bigint not null check (version > 0),
    event_id   uuid not null,
    data       varchar not null,
    taken_at   timestamp(6) with time zone not null,
    primary key (category, stream_id, kind)
);

create table meowmx_log (
    id              smallint default 1 primary key check (id = 1),
    log_id          uuid default random_uuid() not null,
    schema_version  integer not null
);
insert into meowmx_log (schema_version) values (1);
