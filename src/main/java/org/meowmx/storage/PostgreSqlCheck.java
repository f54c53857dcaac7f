package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/** Checks that the server is a writable PostgreSQL, that it has the tables, and that the role may use them. */
class PostgreSqlCheck implements StartupCheck {

    private static final Logger LOG = System.getLogger(PostgreSqlCheck.class.getName());

    private static final int OLDEST = 140000;

    private static final String SERVER = """
            select cast(current_setting('server_version_num') as integer), pg_is_in_recovery(),
                   current_setting('transaction_read_only'), current_setting('server_version'),
                   current_setting('server_encoding'), current_setting('application_name')""";

    /** The name that the driver gives to sessions if the data source sets none. */
    private static final String DRIVER = "PostgreSQL JDBC Driver";

    private static final String TAKE_LOCK = """
            select 1 from (select pg_advisory_xact_lock_shared(1835364215, -2147483643)) as taken""";

    /** The lock of {@link #TAKE_LOCK} as PostgreSQL shows it: unsigned, with {@code objsubid} 2 for a key of two numbers. */
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
            from (values %s) as needed (relation, name)
            where not exists (
                select from pg_attribute
                where attrelid = to_regclass(needed.relation) and attname = needed.name and not attisdropped)
            order by missing""".formatted(RequiredSchema.columnRows());

    private static final String MISSING_GRANTS =
            """
            select needed.privilege || ' on ' || needed.relation
            from (values %s) as needed (relation, privilege)
            where not has_table_privilege(needed.relation, needed.privilege)
            union all
            select needed.privilege || ' (' || needed.name || ') on ' || needed.relation
            from (values %s) as needed (relation, name, privilege)
            where not has_column_privilege(needed.relation, needed.name, needed.privilege)
            union all
            select 'select on sequence meowmx_events_position_seq'
            where not has_sequence_privilege('meowmx_events_position_seq', 'select')""".formatted(RequiredSchema.privilegeRows(), RequiredSchema.columnPrivilegeRows());

    private static final String NO_TABLES = "%s missing: set meowmx.schema.mode=migrate, or run %s.";

    private static final String OTHER_TABLES =
            "%s missing, but other tables of meowmx exist. If they are of an older release, set meowmx.schema.mode=migrate, or run the later files next to %s. If a build before the first release created them, use an empty database; to keep the events, export them with that build and import them.";

    /** Tables of a build before the first release do not allow version 0, which appends to several streams need. */
    private static final String ALLOWS_NEW_STREAMS = """
            select count(*) from pg_attribute
            where attrelid = to_regclass('meowmx_streams') and attname = 'version'
              and atttypid = to_regtype('meowmx_stream_version')""";

    /** No transaction of the store commits such a row. Large tables are not read, because that would take too long. */
    private static final String EMPTY_STREAM = """
            select category || '/' || stream_id from meowmx_streams
            where version = 0
              and pg_relation_size('meowmx_streams') < 100 * 1024 * 1024
            limit 1""";

    private static final String LOG_EXISTS = "select to_regclass('meowmx_log') is not null";

    private static final String SCHEMA_VERSION = "select schema_version from meowmx_log";

    private static final String SEQUENCE_IS_PLAIN = """
            select count(*) from pg_sequence
            where seqrelid = to_regclass('meowmx_events_position_seq')
              and seqincrement = 1 and seqcache = 1 and not seqcycle""";

    private static final String POSITIONS = """
            select coalesce(pg_sequence_last_value('meowmx_events_position_seq'), 0),
                   greatest((select max(position) from meowmx_events), (select max(live_after) from meowmx_checkpoints), 0)""";

    /** The current schema and whether the role may create tables in it, then a table that another role owns. */
    private static final String MIGRATION = """
            select current_user, current_schema(),
                   coalesce(has_schema_privilege(current_schema(), 'create'), false),
                   (select min(relname) from pg_class
                    where oid in (to_regclass('meowmx_log'), to_regclass('meowmx_schema_history'))
                      and not pg_has_role(relowner, 'usage'))""";

    private final EntityManager em;

    PostgreSqlCheck(EntityManager em) {
        this.em = em;
    }

    @Override
    public List<String> serverProblems() {
        Object[] server = (Object[]) one(SERVER);
        List<String> problems = new ArrayList<>();
        if (((Number) server[0]).intValue() < OLDEST) {
            problems.add("PostgreSQL is %s; 14 or newer is required.".formatted(server[3]));
        }
        if ((Boolean) server[1]) {
            problems.add("PostgreSQL is a replica in recovery; jdbc/meowmx must lead to the primary.");
        } else if (server[2].equals("on")) {
            problems.add("PostgreSQL is read-only; default_transaction_read_only must be off for jdbc/meowmx.");
        }
        if (!server[4].equals("UTF8")) {
            problems.add(("The database has the encoding %s, in which events and failures cannot hold every character; "
                            + "create it with encoding 'UTF8'.")
                    .formatted(server[4]));
        }
        if (!showsAdvisoryLocks()) {
            problems.add(
                    "The server speaks PostgreSQL's protocol but does not show advisory locks in pg_locks. Without them "
                            + "readers would skip events; PostgreSQL itself is required.");
        }
        if (server[5].equals(DRIVER)) {
            LOG.log(
                    Level.INFO,
                    "PostgreSQL, health and the console show the sessions of this node as \"{0}\". To tell nodes apart, set ApplicationName on the data source jdbc/meowmx.",
                    DRIVER);
        }
        list(LOSING_SETTINGS)
                .forEach(name -> LOG.log(
                        Level.WARNING,
                        "PostgreSQL runs with {0} off: a crash can lose events whose append was acknowledged. Set it to on.",
                        name));
        return problems;
    }

    private boolean showsAdvisoryLocks() {
        one(TAKE_LOCK);
        return ((Number) one(SEE_LOCK)).intValue() == 1;
    }

    @Override
    public int schemaVersion() {
        return (Boolean) one(LOG_EXISTS) ? ((Number) one(SCHEMA_VERSION)).intValue() : 0;
    }

    @Override
    public List<String> migrationProblems() {
        Object[] found = (Object[]) one(MIGRATION);
        String lacking = lacking(found);
        return lacking.isEmpty()
                ? List.of()
                : List.of(
                        "meowmx.schema.mode=migrate, but the role %s %s. Let the owner of the tables run the migration and %s, and start the application with meowmx.schema.mode=validate."
                                .formatted(found[0], lacking, SchemaFiles.grants(Dialect.POSTGRESQL)));
    }

    private static String lacking(Object[] found) {
        if (found[1] == null) {
            return "has no schema in its search_path that exists and that it may use";
        }
        if (found[3] != null) {
            return "does not own the table %s in the schema %s".formatted(found[3], found[1]);
        }
        return (Boolean) found[2] ? "" : "lacks create on schema %s".formatted(found[1]);
    }

    @Override
    public List<String> schemaProblems() {
        List<String> missing = list(MISSING_COLUMNS);
        if (!missing.isEmpty()) {
            return List.of((missing.contains("meowmx_log") ? NO_TABLES : OTHER_TABLES)
                    .formatted(listed(missing), SchemaFiles.of(Dialect.POSTGRESQL, 1)));
        }
        List<String> grants = list(MISSING_GRANTS);
        if (!grants.isEmpty()) {
            return List.of("The role %s lacks %s: run %s."
                    .formatted(
                            one("select current_user"),
                            String.join(", ", grants),
                            SchemaFiles.grants(Dialect.POSTGRESQL)));
        }
        if (((Number) one(ALLOWS_NEW_STREAMS)).intValue() == 0) {
            return List.of(OTHER_TABLES.formatted(
                    "The domain meowmx_stream_version of meowmx_streams.version is",
                    SchemaFiles.of(Dialect.POSTGRESQL, 1)));
        }
        list(EMPTY_STREAM)
                .forEach(stream -> LOG.log(
                        Level.WARNING,
                        "The stream {0} is at version 0 in meowmx_streams. The store never commits that, so other software has written to the tables. Appends that expect a new stream fail. Let the owner of the tables run: delete from meowmx_streams where version = 0",
                        stream));
        List<String> problems = new ArrayList<>();
        addVersionProblem(problems);
        addSequenceProblems(problems);
        return problems;
    }

    private void addVersionProblem(List<String> problems) {
        int version = schemaVersion();
        if (version < SchemaFiles.VERSION) {
            problems.add(
                    "The tables have schema version %d, this release needs version %d: set meowmx.schema.mode=migrate, or run %s."
                            .formatted(version, SchemaFiles.VERSION, SchemaFiles.of(Dialect.POSTGRESQL, version + 1)));
        } else if (version > SchemaFiles.VERSION) {
            problems.add(
                    "The tables have schema version %d, this release supports versions up to %d: deploy the newer release of meowmx that migrated them."
                            .formatted(version, SchemaFiles.VERSION));
        }
    }

    private void addSequenceProblems(List<String> problems) {
        if (((Number) one(SEQUENCE_IS_PLAIN)).intValue() != 1) {
            problems.add("The sequence meowmx_events_position_seq must count up by 1, with cache 1 and no cycle: run "
                    + "alter sequence meowmx_events_position_seq increment 1 cache 1 no cycle.");
        }
        Object[] positions = (Object[]) one(POSITIONS);
        long last = ((Number) positions[0]).longValue();
        long used = ((Number) positions[1]).longValue();
        if (last < used) {
            problems.add(
                    ("The sequence meowmx_events_position_seq is at %d, but the log or a checkpoint is at position %d. "
                                    + "This happens after a copy of the data alone or a failover that lost data: run "
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
