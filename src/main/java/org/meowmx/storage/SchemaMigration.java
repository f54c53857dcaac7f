package org.meowmx.storage;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;
import org.meowmx.StartupException;
import org.meowmx.transaction.RootCause;

/**
 * Migrates the tables to this version with Flyway. It has a history table of its own, so it does not affect the application's
 * migrations. It must run outside of JTA, because DDL commits by itself.
 *
 * <p>Flyway always searches {@code db/callback} for callbacks, and reports an error on Open Liberty if the folder is missing. The
 * empty file {@code flyway.location} in the jar tells Flyway that the folder is empty.
 */
final class SchemaMigration {

    private static final String HISTORY = "meowmx_schema_history";

    private static final String DIFFERENT =
            "meowmx.schema.mode=migrate, but %s lists other migrations than this release has: a build before the first release created the tables, and they cannot be migrated. Use an empty database; to keep the events, export them with that build and import them. Flyway's repair does not help, because it changes no table of meowmx."
                    .formatted(HISTORY);

    private static final String FAILED =
            "meowmx.schema.mode=migrate, but the migration of the tables failed and was rolled back: %s. Correct the cause and start again.";

    private SchemaMigration() {}

    /**
     * Runs the migrations that are missing.
     *
     * @param version the version of tables that exist without Flyway's history, because their owner ran the files; otherwise ignored
     * @throws StartupException if a migration fails, or the history does not fit
     */
    static void run(DataSource dataSource, Dialect dialect, int version) {
        try {
            flyway(dataSource, dialect, version).migrate();
        } catch (FlywayValidateException e) {
            throw new StartupException(List.of(DIFFERENT));
        } catch (FlywayException e) {
            throw new StartupException(List.of(FAILED.formatted(RootCause.line(e))));
        }
    }

    private static Flyway flyway(DataSource dataSource, Dialect dialect, int version) {
        ClassLoader loader = SchemaMigration.class.getClassLoader();
        List<LoadableResource> files = SchemaFiles.names().stream()
                .<LoadableResource>map(name -> new SchemaFile(loader, SchemaFiles.folder(dialect), name))
                .toList();
        return Flyway.configure(loader)
                .dataSource(dataSource)
                .table(HISTORY)
                .locations("classpath:" + SchemaFiles.folder(dialect))
                .resourceProvider(new Files(files))
                .javaMigrationClassProvider(List::of)
                .baselineOnMigrate(true)
                .baselineVersion(Integer.toString(version))
                .load();
    }

    /** Lists the files by name. Scanning fails on servers that store jars in formats of their own. */
    private record Files(List<LoadableResource> files) implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            return files.stream()
                    .filter(file -> file.getAbsolutePath().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return files.stream()
                    .filter(file -> file.getFilename().startsWith(prefix))
                    .filter(file -> Stream.of(suffixes).anyMatch(file.getFilename()::endsWith))
                    .toList();
        }
    }

    /** One file on the class path. */
    private static final class SchemaFile extends LoadableResource {

        private final ClassLoader loader;
        private final String folder;
        private final String name;

        SchemaFile(ClassLoader loader, String folder, String name) {
            this.loader = loader;
            this.folder = folder;
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream stream =
                    Objects.requireNonNull(loader.getResourceAsStream(getAbsolutePath()), getAbsolutePath());
            return new InputStreamReader(stream, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return folder + "/" + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return getAbsolutePath();
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
