package org.meowmx.testkit;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 database in memory. Each instance is a new database, with the store's tables and without events. */
public class H2Database implements TestDatabase {

    /** Common names of columns that are keywords in H2 and not in PostgreSQL. */
    private static final String COLUMN_NAMES = "DAY,HOUR,KEY,MINUTE,MONTH,SECOND,VALUE,YEAR";

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID()
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1;NON_KEYWORDS="
            + COLUMN_NAMES;

    @Override
    public void configure(AgroalDataSourceConfigurationSupplier dataSource) {
        createTables();
        dataSource.connectionPoolConfiguration(pool -> pool.connectionFactoryConfiguration(
                factory -> factory.jdbcUrl(url).connectionProviderClass(JdbcDataSource.class)));
    }

    @Override
    public boolean hasTables() {
        return true;
    }

    /** Runs the library's file directly, so that a test needs no Flyway. */
    private void createTables() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl(url);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("runscript from 'classpath:org/meowmx/schema/h2/V1__event_store.sql'");
        } catch (SQLException e) {
            throw new IllegalStateException("The tables of the store could not be created on H2", e);
        }
    }

    @Override
    public void close() {}
}
