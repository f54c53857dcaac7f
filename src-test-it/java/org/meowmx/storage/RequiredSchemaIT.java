package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.storage.RequiredSchema.Table;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.OwnTransaction;

/** The start-up check requires exactly what the DDL creates and what {@code grants.sql} grants. */
@MeowmxTest(beans = Sql.class, database = PostgreSqlDatabase.class)
class RequiredSchemaIT {

    private static final String COLUMNS = """
            select table_name || '.' || column_name from information_schema.columns
            where table_schema = current_schema() and table_name like 'meowmx\\_%'
              and table_name <> 'meowmx_schema_history'""";

    private static final String PRIVILEGES = """
            select privilege_type || ' on ' || table_name from information_schema.role_table_grants
            where grantee = 'meowmx_app' and table_schema = current_schema()""";

    /** The privileges on columns, without those that follow from a privilege on the whole table. */
    private static final String COLUMN_PRIVILEGES = """
            select privilege_type || ' on ' || table_name || '.' || column_name
            from information_schema.role_column_grants of_column
            where grantee = 'meowmx_app' and table_schema = current_schema() and not exists (
                select from information_schema.role_table_grants of_table
                where of_table.grantee = of_column.grantee and of_table.table_schema = of_column.table_schema
                  and of_table.table_name = of_column.table_name
                  and of_table.privilege_type = of_column.privilege_type)""";

    @Inject
    OwnTransaction own;

    @Inject
    Sql sql;

    private Set<String> found(String query) {
        Set<String> found = new TreeSet<>();
        own.run(() -> sql.list(query)).forEach(name -> found.add(((String) name).toLowerCase(Locale.ROOT)));
        return found;
    }

    @Test
    void the_columns_are_those_of_the_ddl() {
        Set<String> required = new TreeSet<>();
        for (Table table : RequiredSchema.TABLES) {
            table.columns().forEach(column -> required.add(table.name() + "." + column));
        }

        assertThat(required).isEqualTo(found(COLUMNS));
    }

    @Test
    void the_privileges_are_those_of_grants_sql() {
        Set<String> onTables = new TreeSet<>();
        Set<String> onColumns = new TreeSet<>();
        for (Table table : RequiredSchema.TABLES) {
            table.privileges().forEach(privilege -> onTables.add(privilege + " on " + table.name()));
            table.columnPrivileges()
                    .forEach(one -> onColumns.add(one.privilege() + " on " + table.name() + "." + one.column()));
        }

        assertThat(onTables).isEqualTo(found(PRIVILEGES));
        assertThat(onColumns).isEqualTo(found(COLUMN_PRIVILEGES));
    }
}
