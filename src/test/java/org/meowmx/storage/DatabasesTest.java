package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.meowmx.StartupException;

class DatabasesTest {

    @Test
    void a_database_that_is_neither_postgresql_nor_h2_is_refused() {
        assertThat(Databases.isPostgreSql("PostgreSQL")).isTrue();
        assertThat(Databases.isPostgreSql("H2")).isFalse();
        assertThatThrownBy(() -> Databases.isPostgreSql("Oracle"))
                .isInstanceOf(StartupException.class)
                .hasMessage("meowmx cannot start: The data source jdbc/meowmx leads to Oracle; "
                        + "it must lead to PostgreSQL 14 or newer.");
    }
}
