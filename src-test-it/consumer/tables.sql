create table visits (page text primary key, number bigint not null);
create table payment (order_id text primary key, amount numeric not null);
create table pickup (order_id text primary key);
create table shipment (order_id text primary key, shipped_at timestamptz not null);
create table reminder (order_id text primary key);
