package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.meowmx.server.Engine;
import org.meowmx.server.ExistingDatabase;
import org.meowmx.server.PostgreSqlServer;

/** A database that cannot store every character is refused at the start, before a write fails. */
class EncodingIT {

    @Test
    void a_database_that_is_not_utf8_is_refused() {
        PostgreSqlServer server = PostgreSqlServer.shared();
        server.executeIn(
                server.database(),
                "create database latin1 template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'");
        String url = "jdbc:postgresql://%s:%d/latin1".formatted(server.host(), server.port());
        ExistingDatabase database = new ExistingDatabase(url, server.user(), server.password());

        assertThatThrownBy(() -> Engine.start(database).close())
                .hasStackTraceContaining("The database has the encoding LATIN1")
                .hasStackTraceContaining("create it with encoding 'UTF8'");
    }
}
