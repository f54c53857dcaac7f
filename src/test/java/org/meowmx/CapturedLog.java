package org.meowmx;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Captures the log records of a class from level INFO, so a test can check them and nothing is printed. */
public final class CapturedLog extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<LogRecord> records = new ArrayList<>();

    public CapturedLog(Class<?> owner) {
        logger = Logger.getLogger(owner.getName());
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.INFO);
        logger.addHandler(this);
    }

    /** The records since the start, or since the last call of {@link #clear}. */
    public synchronized List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** Level and message of each record. */
    public List<String> lines() {
        return records().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    public synchronized void clear() {
        records.clear();
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }
}
