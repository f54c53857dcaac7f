-- The least that an application needs. Run it as the owner of the tables, in their schema, after the migrations;
-- then give the role to the application's user:  grant meowmx_app to my_application;
-- It can append events but not change or delete them, and not choose positions: INSERT is granted by column.

do $$
begin
    if not exists (select from pg_roles where rolname = 'meowmx_app') then
        create role meowmx_app nologin;
    end if;
    execute format('grant usage on schema %I to meowmx_app', current_schema());
end
$$;

grant select on meowmx_log to meowmx_app;
grant select, insert, update (version) on meowmx_streams to meowmx_app;
grant select on meowmx_events to meowmx_app;
grant insert (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at) on meowmx_events
    to meowmx_app;
grant select on sequence meowmx_events_position_seq to meowmx_app;
grant select, insert, update, delete
    on meowmx_checkpoints, meowmx_subscriptions, meowmx_removed_subscriptions, meowmx_projections, meowmx_parked_events,
       meowmx_nodes,
       meowmx_snapshots
    to meowmx_app;
