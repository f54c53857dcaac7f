package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.util.List;

/** H2 is for tests: only the tables must be there. */
class H2Check implements StartupCheck {

    private static final String TABLES = """
            select count(*) from information_schema.tables
            where table_schema = current_schema and lower(table_name) = 'meowmx_log'""";

    private final EntityManager em;

    H2Check(EntityManager em) {
        this.em = em;
    }

    @Override
    public String database() {
        return "h2";
    }

    @Override
    public List<String> serverProblems() {
        return List.of();
    }

    @Override
    public List<String> schemaProblems() {
        Number tables = (Number) em.createNativeQuery(TABLES).getSingleResult();
        return tables.intValue() == 1
                ? List.of()
                : List.of("The tables of meowmx are missing: set meowmx.schema.mode=migrate, or run %s."
                        .formatted(SchemaFiles.of(database(), 1)));
    }
}
