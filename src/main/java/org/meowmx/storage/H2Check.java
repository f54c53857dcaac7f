package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.util.List;

/** Checks that the tables exist. H2 is for tests, so that is enough. */
class H2Check implements StartupCheck {

    private static final String TABLES = """
            select count(*) from information_schema.tables
            where table_schema = current_schema and lower(table_name) = 'meowmx_log'""";

    private final EntityManager em;

    H2Check(EntityManager em) {
        this.em = em;
    }

    @Override
    public List<String> serverProblems() {
        return List.of();
    }

    @Override
    public int schemaVersion() {
        Number tables = (Number) em.createNativeQuery(TABLES).getSingleResult();
        return tables.intValue() == 1 ? SchemaFiles.VERSION : 0;
    }

    @Override
    public List<String> migrationProblems() {
        return List.of();
    }

    @Override
    public List<String> schemaProblems() {
        return schemaVersion() > 0
                ? List.of()
                : List.of("The tables of meowmx are missing: set meowmx.schema.mode=migrate, or run %s."
                        .formatted(SchemaFiles.of(Dialect.H2, 1)));
    }
}
