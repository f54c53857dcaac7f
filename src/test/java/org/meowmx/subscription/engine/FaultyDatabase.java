package org.meowmx.subscription.engine;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.meowmx.server.ExecutedStatement;
import org.meowmx.server.WatchedConnection;
import org.meowmx.server.WatchedConnection.Execution;
import org.meowmx.testkit.TestDatabase;

/** An H2 database in memory, for one thread, whose connections break at the steps of a {@link Fault}. */
public class FaultyDatabase implements TestDatabase {

    @SuppressWarnings("NullAway") // set by the constructor, before anybody connects
    private static String url;

    private static @Nullable Fault fault;
    private static int steps;

    /** Counts the commands that had a fault, so that a broken connection works again in the next command. */
    private static int epoch;

    public FaultyDatabase() {
        url = "jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
    }

    @Override
    public void configure(AgroalDataSourceConfigurationSupplier dataSource) {
        dataSource.connectionPoolConfiguration(pool -> pool.connectionFactoryConfiguration(
                factory -> factory.jdbcUrl(url).connectionProviderClass(FaultyDriver.class)));
    }

    @Override
    public void close() {}

    /** A connection that never breaks. */
    static Connection connect() throws SQLException {
        return new org.h2.Driver().connect(url, new Properties());
    }

    /** Runs work with a fault. The next connection is intact. */
    static void during(Fault given, Runnable work) {
        steps = 0;
        fault = given;
        try {
            work.run();
        } finally {
            fault = null;
            epoch++;
        }
    }

    /** The driver of H2. */
    public static class FaultyDriver implements Driver {

        private final Driver driver = new org.h2.Driver();

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            return WatchedConnection.of(driver.connect(url, info), new Watch()::on);
        }

        @Override
        public boolean acceptsURL(String url) throws SQLException {
            return driver.acceptsURL(url);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
            return driver.getPropertyInfo(url, info);
        }

        @Override
        public int getMajorVersion() {
            return driver.getMajorVersion();
        }

        @Override
        public int getMinorVersion() {
            return driver.getMinorVersion();
        }

        @Override
        public boolean jdbcCompliant() {
            return driver.jdbcCompliant();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getLogger(FaultyDriver.class.getName());
        }
    }

    /** Watches one connection. */
    private static final class Watch {

        private int brokenIn = -1;

        Object on(ExecutedStatement step, Execution execution) throws Throwable {
            Fault planned = fault;
            if (planned == null) {
                return execution.run();
            }
            steps++;
            boolean now = steps == planned.step();
            if (now && planned.kind().commitsBefore() && step.isCommit()) {
                execution.run();
            }
            boolean ended = steps > planned.step() && planned.kind().endsTheProcess();
            if (now || ended || brokenIn == epoch) {
                brokenIn = epoch;
                throw new SQLException("The connection is broken", "08006");
            }
            return execution.run();
        }
    }
}
