package org.meowmx.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.service.spi.ServiceContributor;
import org.meowmx.StartupException;
import org.meowmx.transaction.Causes;
import org.meowmx.transaction.SqlState;

/**
 * Opens a connection before Hibernate does, when it builds the persistence unit {@code meowmx}, or fails the deployment with the
 * reason. Without a connection, Hibernate would only report that it cannot determine its dialect.
 *
 * <p>Hibernate finds this class by {@code META-INF/services}. No bean can check this, because some servers build persistence
 * units before they start CDI.
 */
public final class ReachableDatabase implements ServiceContributor {

    private static final String UNIT = "meowmx";

    @Override
    public void contribute(StandardServiceRegistryBuilder registry) {
        Map<String, Object> settings = registry.getSettings();
        if (UNIT.equals(settings.get("hibernate.persistenceUnitName"))
                && settings.get("jakarta.persistence.jtaDataSource") instanceof DataSource dataSource) {
            require(dataSource);
        }
    }

    private static void require(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            connection.getMetaData();
        } catch (SQLException e) {
            throw new StartupException(List.of(problem(e)));
        }
    }

    /** One sentence about the error that the driver or the pool reports. */
    static String problem(SQLException thrown) {
        String state = SqlState.of(thrown).orElse("none");
        return switch (state) {
            case "28P01", "28000" ->
                "PostgreSQL refused the user of jdbc/meowmx: %s. Correct the user or the password of the data source, or allow the user in pg_hba.conf."
                        .formatted(reason(thrown));
            case "3D000" ->
                "The database of jdbc/meowmx does not exist: %s. Create it, or correct the name in the data source."
                        .formatted(reason(thrown));
            case "22023" ->
                "PostgreSQL refused a parameter of the connection jdbc/meowmx: %s. If it names TimeZone, PostgreSQL does not know the time zone of the JVM, %s: start the JVM with -Duser.timezone=UTC or another name in pg_timezone_names."
                        .formatted(reason(thrown), TimeZone.getDefault().getID());
            case "53300" ->
                "PostgreSQL has no free connection for jdbc/meowmx: %s. Raise max_connections, or make the pools of all nodes smaller."
                        .formatted(reason(thrown));
            case "57P03" ->
                "PostgreSQL does not accept connections for jdbc/meowmx yet: %s. Deploy again when it is up."
                        .formatted(reason(thrown));
            default ->
                "The database of jdbc/meowmx cannot be reached: %s (SQLSTATE %s). Check that PostgreSQL is running, and the host, the port and the pool of the data source."
                        .formatted(reason(thrown), state);
        };
    }

    /** The message of the driver. Pools wrap its exception, some of them more than once. */
    private static String reason(SQLException thrown) {
        String reason = Causes.chain(thrown)
                .filter(cause -> cause instanceof SQLException && cause.getMessage() != null)
                .map(Throwable::getMessage)
                .reduce("", (outer, inner) -> inner);
        return reason.strip().replaceAll("\\p{Cntrl}+", " ").replaceAll("\\.$", "");
    }
}
