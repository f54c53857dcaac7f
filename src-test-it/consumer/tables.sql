create table visits (page text primary key, number bigint not null);
create table payment (order_id text primary key, amount numeric not null);
create table pickup (order_id text primary key);
create table shipment (order_id text primary key, shipped_at timestamptz not null);
create table reminder (order_id text primary key);
create table note_count (tenant text primary key, number bigint not null);

-- what an application with postgresql-event-sourcing has left
create table es_aggregate (id uuid primary key, version integer not null, aggregate_type text not null);
create table es_event (id bigserial primary key, transaction_id xid8 not null,
    aggregate_id uuid not null references es_aggregate (id), version integer not null,
    event_type text not null, json_data json not null, unique (aggregate_id, version));
insert into es_aggregate values ('5f0c3a52-1c1e-4e0b-9d1e-2f7b0a6c9b11', 2, 'old-order');
insert into es_event (transaction_id, aggregate_id, version, event_type, json_data) values
    ('1', '5f0c3a52-1c1e-4e0b-9d1e-2f7b0a6c9b11', 1, 'old-order-placed', '{"customer": "ann"}'),
    ('2', '5f0c3a52-1c1e-4e0b-9d1e-2f7b0a6c9b11', 2, 'old-order-shipped', '{}');
