package org.meowmx.contract;

import jakarta.inject.Inject;
import java.sql.SQLException;
import java.sql.Statement;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.Database;

@MeowmxTest
class DamagedLogOnH2Test extends DamagedLogContract {

    @Inject
    Database database;

    @Override
    void asOwner(String sql) {
        Jta.committed(() -> {
            try (var connection = database.dataSource().orElseThrow().getConnection();
                    Statement statement = connection.createStatement()) {
                return statement.execute(onH2(sql));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** H2 has no {@code on conflict do update}. */
    private static String onH2(String sql) {
        return sql.replaceFirst(
                "insert into (\\w+ \\(.*?\\)) (.*) on conflict (\\(.*?\\)).*", "merge into $1 key $3 $2");
    }

    @Override
    void setSequence(long position) {
        asOwner("alter table meowmx_events alter column position restart with " + (position + 1));
    }
}
