package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/** Whether this PostgreSQL is one, may be written to, has the tables, and lets this role use them. */
class PostgreSqlCheck implements StartupCheck {

    private static final Logger LOG = System.getLogger(PostgreSqlCheck.class.getName());

    private static final int OLDEST = 140000;

    private static final String SERVER = """
            select cast(current_setting('server_version_num') as integer), pg_is_in_recovery(),
                   current_setting('transaction_read_only'), current_setting('server_version')""";

    private static final String TAKE_LOCK = """
            select 1 from (select pg_advisory_xact_lock_shared(1835364215, -2147483643)) as taken""";

    /** The lock of {@link #TAKE_LOCK} as PostgreSQL shows it: unsigned, with the mark of the two-number form. */
    private static final String SEE_LOCK = """
            select count(*) from pg_locks
            where locktype = 'advisory' and granted and objsubid = 2 and pid = pg_backend_pid()
              and classid = cast(1835364215 as oid) and objid = cast(2147483653 as oid)
              and database = (select oid from pg_database where datname = current_database())""";

    private static final String LOSING_SETTINGS = """
            select name from pg_settings
            where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
            order by name""";

    private static final String MISSING_COLUMNS = """
            select distinct case when to_regclass(needed.relation) is null then needed.relation
                                 else needed.relation || '.' || needed.name end as missing
            from (values
                ('meowmx_log', 'log_id'), ('meowmx_log', 'schema_version'),
                ('meowmx_streams', 'category'), ('meowmx_streams', 'stream_id'), ('meowmx_streams', 'version'),
                ('meowmx_events', 'position'), ('meowmx_events', 'event_id'), ('meowmx_events', 'category'),
                ('meowmx_events', 'stream_id'), ('meowmx_events', 'version'), ('meowmx_events', 'slice'),
                ('meowmx_events', 'type'), ('meowmx_events', 'data'), ('meowmx_events', 'metadata'),
                ('meowmx_events', 'recorded_at'), ('meowmx_events_position_seq', 'last_value'),
                ('meowmx_checkpoints', 'subscription'), ('meowmx_checkpoints', 'first_slice'),
                ('meowmx_checkpoints', 'last_slice'), ('meowmx_checkpoints', 'position'),
                ('meowmx_checkpoints', 'category'), ('meowmx_checkpoints', 'types'), ('meowmx_checkpoints', 'paused'),
                ('meowmx_checkpoints', 'attempts'), ('meowmx_checkpoints', 'last_failure'),
                ('meowmx_checkpoints', 'retry_at'), ('meowmx_checkpoints', 'node'),
                ('meowmx_checkpoints', 'wanted_segments'), ('meowmx_checkpoints', 'merge_at'),
                ('meowmx_checkpoints', 'lock_version'), ('meowmx_parked_events', 'subscription'),
                ('meowmx_parked_events', 'position'), ('meowmx_parked_events', 'category'),
                ('meowmx_parked_events', 'stream_id'), ('meowmx_parked_events', 'version'),
                ('meowmx_parked_events', 'failure'), ('meowmx_parked_events', 'parked_at'),
                ('meowmx_nodes', 'instance'), ('meowmx_nodes', 'name'), ('meowmx_nodes', 'release'), ('meowmx_nodes', 'filters'),
                ('meowmx_nodes', 'started_at'), ('meowmx_nodes', 'seen_at'), ('meowmx_nodes', 'beat'),
                ('meowmx_snapshots', 'category'), ('meowmx_snapshots', 'stream_id'), ('meowmx_snapshots', 'kind'),
                ('meowmx_snapshots', 'version'), ('meowmx_snapshots', 'event_id'), ('meowmx_snapshots', 'data'),
                ('meowmx_snapshots', 'taken_at')) as needed (relation, name)
            where not exists (
                select from pg_attribute
                where attrelid = to_regclass(needed.relation) and attname = needed.name and not attisdropped)
            order by missing""";

    private static final String MISSING_GRANTS = """
            select needed.privilege || ' on ' || needed.relation
            from (values
                ('meowmx_log', 'select'), ('meowmx_streams', 'select'), ('meowmx_streams', 'insert'),
                ('meowmx_events', 'select'), ('meowmx_checkpoints', 'select'), ('meowmx_checkpoints', 'insert'),
                ('meowmx_checkpoints', 'update'), ('meowmx_checkpoints', 'delete'), ('meowmx_parked_events', 'select'),
                ('meowmx_parked_events', 'insert'), ('meowmx_parked_events', 'update'), ('meowmx_parked_events', 'delete'),
                ('meowmx_nodes', 'select'), ('meowmx_nodes', 'insert'), ('meowmx_nodes', 'update'), ('meowmx_nodes', 'delete'),
                ('meowmx_snapshots', 'select'), ('meowmx_snapshots', 'insert'), ('meowmx_snapshots', 'update'),
                ('meowmx_snapshots', 'delete')
                ) as needed (relation, privilege)
            where not has_table_privilege(needed.relation, needed.privilege)
            union all
            select needed.privilege || ' (' || needed.name || ') on ' || needed.relation
            from (values
                ('meowmx_streams', 'version', 'update'), ('meowmx_events', 'event_id', 'insert'),
                ('meowmx_events', 'category', 'insert'), ('meowmx_events', 'stream_id', 'insert'),
                ('meowmx_events', 'version', 'insert'), ('meowmx_events', 'slice', 'insert'),
                ('meowmx_events', 'type', 'insert'), ('meowmx_events', 'data', 'insert'),
                ('meowmx_events', 'metadata', 'insert'), ('meowmx_events', 'recorded_at', 'insert'))
                as needed (relation, name, privilege)
            where not has_column_privilege(needed.relation, needed.name, needed.privilege)
            union all
            select 'select on sequence meowmx_events_position_seq'
            where not has_sequence_privilege('meowmx_events_position_seq', 'select')""";

    private static final String SCHEMA_VERSION = "select schema_version from meowmx_log";

    private static final String SEQUENCE_IS_PLAIN = """
            select count(*) from pg_sequence
            where seqrelid = to_regclass('meowmx_events_position_seq')
              and seqincrement = 1 and seqcache = 1 and not seqcycle""";

    private static final String POSITIONS = """
            select coalesce(pg_sequence_last_value('meowmx_events_position_seq'), 0),
                   greatest((select max(position) from meowmx_events), (select max(position) from meowmx_checkpoints), 0)""";

    private final EntityManager em;

    PostgreSqlCheck(EntityManager em) {
        this.em = em;
    }

    @Override
    public String database() {
        return "postgresql";
    }

    @Override
    public List<String> serverProblems() {
        Object[] server = (Object[]) one(SERVER);
        List<String> problems = new ArrayList<>();
        if (((Number) server[0]).intValue() < OLDEST) {
            problems.add("PostgreSQL is %s; 14 or newer is needed.".formatted(server[3]));
        }
        if ((Boolean) server[1]) {
            problems.add("PostgreSQL is a replica in recovery; jdbc/meowmx must lead to the primary.");
        } else if (server[2].equals("on")) {
            problems.add("PostgreSQL is read-only; default_transaction_read_only must be off for jdbc/meowmx.");
        }
        if (!showsAdvisoryLocks()) {
            problems.add(
                    "The server speaks PostgreSQL's protocol but does not show advisory locks in pg_locks, without "
                            + "which readers would skip events; PostgreSQL itself is needed.");
        }
        list(LOSING_SETTINGS)
                .forEach(name -> LOG.log(
                        Level.WARNING,
                        "PostgreSQL runs with {0} off: after a crash, events whose append was acknowledged may be gone",
                        name));
        return problems;
    }

    private boolean showsAdvisoryLocks() {
        one(TAKE_LOCK);
        return ((Number) one(SEE_LOCK)).intValue() == 1;
    }

    @Override
    public List<String> schemaProblems() {
        List<String> missing = list(MISSING_COLUMNS);
        if (!missing.isEmpty()) {
            return List.of("%s missing: set meowmx.schema.mode=migrate, or run %s."
                    .formatted(listed(missing), SchemaFiles.of(database(), 1)));
        }
        List<String> grants = list(MISSING_GRANTS);
        if (!grants.isEmpty()) {
            return List.of("The role %s lacks %s: run %s."
                    .formatted(one("select current_user"), String.join(", ", grants), SchemaFiles.grants(database())));
        }
        List<String> problems = new ArrayList<>();
        addVersionProblem(problems);
        addSequenceProblems(problems);
        return problems;
    }

    private void addVersionProblem(List<String> problems) {
        int version = ((Number) one(SCHEMA_VERSION)).intValue();
        if (version < SchemaFiles.VERSION) {
            problems.add("The tables are at version %d, this is version %d: set meowmx.schema.mode=migrate, or run %s."
                    .formatted(version, SchemaFiles.VERSION, SchemaFiles.of(database(), version + 1)));
        } else if (version > SchemaFiles.VERSION) {
            problems.add("The tables are at version %d, this meowmx knows versions up to %d: deploy a newer meowmx."
                    .formatted(version, SchemaFiles.VERSION));
        }
    }

    private void addSequenceProblems(List<String> problems) {
        if (((Number) one(SEQUENCE_IS_PLAIN)).intValue() != 1) {
            problems.add("The sequence meowmx_events_position_seq must count up by 1, with cache 1 and no cycle: "
                    + "alter sequence meowmx_events_position_seq increment 1 cache 1 no cycle.");
        }
        Object[] positions = (Object[]) one(POSITIONS);
        long last = ((Number) positions[0]).longValue();
        long used = ((Number) positions[1]).longValue();
        if (last < used) {
            problems.add(
                    ("The sequence meowmx_events_position_seq is at %d, behind position %d of the log or a checkpoint, "
                                    + "as after a copy of the data alone or a failover that lost some: "
                                    + "select setval('meowmx_events_position_seq', %d).")
                            .formatted(last, used, used));
        }
    }

    private static String listed(List<String> names) {
        return String.join(", ", names) + (names.size() == 1 ? " is" : " are");
    }

    private Object one(String sql) {
        return em.createNativeQuery(sql).getSingleResult();
    }

    @SuppressWarnings("unchecked")
    private List<String> list(String sql) {
        return em.createNativeQuery(sql).getResultList();
    }
}
