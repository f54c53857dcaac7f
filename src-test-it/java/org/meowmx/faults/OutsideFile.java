package org.meowmx.faults;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.meowmx.anomalies.LedgerEntry.Handled;
import org.meowmx.anomalies.LogEntry;

/** Effects that no transaction rolls back: a file to which the handlers of all processes add a line for each event. */
@ApplicationScoped
class OutsideFile {

    /** The system property with the path of the file. */
    static final String PATH = "meowmx.faults.outside";

    private static final String SEPARATOR = "\t";

    void add(String subscription, Handled one) {
        String line = String.join(
                SEPARATOR,
                subscription,
                one.event().event().toString(),
                one.event().stream(),
                Long.toString(one.event().version()),
                Long.toString(one.event().position()),
                Integer.toString(one.segment()),
                Long.toString(one.checkpoint()),
                one.turn(),
                Boolean.toString(one.parked()));
        try {
            Files.writeString(path(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Handled> of(String subscription) {
        try {
            return Files.exists(path())
                    ? Files.readAllLines(path()).stream()
                            .map(line -> line.split(SEPARATOR))
                            .filter(fields -> fields[0].equals(subscription))
                            .map(OutsideFile::parse)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Handled parse(String[] fields) {
        LogEntry event = new LogEntry(
                UUID.fromString(fields[1]), fields[2], Long.parseLong(fields[3]), Long.parseLong(fields[4]));
        return new Handled(
                event,
                Integer.parseInt(fields[5]),
                Long.parseLong(fields[6]),
                fields[7],
                Boolean.parseBoolean(fields[8]));
    }

    private static Path path() {
        return Path.of(System.getProperty(PATH));
    }
}
