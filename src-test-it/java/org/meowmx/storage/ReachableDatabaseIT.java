package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.persistence.Persistence;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.junit.jupiter.api.Test;
import org.meowmx.StartupException;
import org.meowmx.server.PostgreSqlServer;
import org.postgresql.ds.PGSimpleDataSource;

/** The message of a start if the data source gives no connection. Containers build the persistence unit in the same way. */
class ReachableDatabaseIT {

    private static final PostgreSqlServer SERVER = PostgreSqlServer.shared();

    private static String refusal(Consumer<PGSimpleDataSource> change) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {SERVER.host()});
        dataSource.setPortNumbers(new int[] {SERVER.port()});
        dataSource.setDatabaseName(SERVER.database());
        dataSource.setUser(SERVER.user());
        dataSource.setPassword(SERVER.password());
        change.accept(dataSource);
        return refusal(dataSource);
    }

    private static String refusal(DataSource dataSource) {
        Throwable thrown = catchThrowable(() -> Persistence.createEntityManagerFactory(
                        "meowmx", Map.of("jakarta.persistence.jtaDataSource", dataSource))
                .close());
        Throwable inContainer = catchThrowable(() -> new HibernatePersistenceProvider()
                .createContainerEntityManagerFactory(unit(dataSource), Map.of())
                .close());
        assertThat(thrown).isInstanceOf(StartupException.class);
        assertThat(inContainer).isInstanceOf(StartupException.class).hasMessage(thrown.getMessage());
        return thrown.getMessage();
    }

    /** The unit as a container passes it on. */
    private static PersistenceUnitInfo unit(DataSource dataSource) {
        ClassLoader loader = ReachableDatabaseIT.class.getClassLoader();
        return (PersistenceUnitInfo) Proxy.newProxyInstance(
                loader,
                new Class<?>[] {PersistenceUnitInfo.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getPersistenceUnitName" -> "meowmx";
                    case "getTransactionType" -> PersistenceUnitTransactionType.JTA;
                    case "getJtaDataSource" -> dataSource;
                    case "getClassLoader", "getNewTempClassLoader" -> loader;
                    case "getProperties" -> new Properties();
                    case "getManagedClassNames", "getMappingFileNames", "getJarFileUrls" -> List.of();
                    case "excludeUnlistedClasses" -> true;
                    default -> null;
                });
    }

    @Test
    void nobody_listens() {
        assertThat(refusal(dataSource -> dataSource.setPortNumbers(new int[] {1})))
                .startsWith("meowmx cannot start: The database of jdbc/meowmx cannot be reached: ")
                .contains(":1 refused", "SQLSTATE 08001", "Check that PostgreSQL is running");
    }

    @Test
    void the_user_is_unknown() {
        assertThat(refusal(dataSource -> dataSource.setUser("nobody_knows_me")))
                .startsWith("meowmx cannot start: PostgreSQL refused the user of jdbc/meowmx: FATAL: ")
                .contains("nobody_knows_me");
    }

    @Test
    void the_database_does_not_exist() {
        assertThat(refusal(dataSource -> dataSource.setDatabaseName("nowhere")))
                .startsWith("meowmx cannot start: The database of jdbc/meowmx does not exist: FATAL: ")
                .contains("nowhere", "Create it");
    }

    @Test
    void the_time_zone_of_the_jvm_is_unknown() {
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(new java.util.SimpleTimeZone(0, "Moon/Tycho"));
        try {
            assertThat(refusal(dataSource -> {}))
                    .startsWith("meowmx cannot start: PostgreSQL refused a parameter of the connection jdbc/meowmx: ")
                    .contains("does not know the time zone of the JVM, Moon/Tycho", "-Duser.timezone=UTC");
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void a_pool_wraps_what_the_driver_reports() {
        SQLException driver = new SQLException("FATAL: sorry, too many clients already.", "53300");

        assertThat(ReachableDatabase.problem(new SQLException("Could not allocate", driver)))
                .startsWith(
                        "PostgreSQL has no free connection for jdbc/meowmx: FATAL: sorry, too many clients already. ")
                .contains("Raise max_connections");
    }
}
