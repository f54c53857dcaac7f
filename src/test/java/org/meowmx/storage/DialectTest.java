package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.meowmx.StartupException;

class DialectTest {

    @Test
    void a_database_that_is_neither_postgresql_nor_h2_is_refused() {
        assertThat(Dialect.of("PostgreSQL")).isEqualTo(Dialect.POSTGRESQL);
        assertThat(Dialect.of("H2")).isEqualTo(Dialect.H2);
        assertThatThrownBy(() -> Dialect.of("Oracle"))
                .isInstanceOf(StartupException.class)
                .hasMessage("meowmx cannot start: The data source jdbc/meowmx leads to Oracle; "
                        + "it must lead to PostgreSQL 14 or newer.");
    }
}
