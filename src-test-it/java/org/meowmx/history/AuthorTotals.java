package org.meowmx.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import org.meowmx.EventType;
import org.meowmx.RecordedEvent;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;

/** A read model of the history, in a table of its own: per author, the files touched and the lines added. */
@ApplicationScoped
class AuthorTotals {

    static final String SUBSCRIPTION = "author-totals";

    static final Set<String> TABLES = Set.of(
            "create table author_files (author text, file text, primary key (author, file))",
            "create table author_lines (author text primary key, added bigint not null, changes bigint not null)");

    /** The events of a file. */
    sealed interface FileEvent {

        String author();

        int added();

        @EventType("file-added")
        record Added(String author, int added) implements FileEvent {}

        @EventType("file-changed")
        record Changed(String author, int added) implements FileEvent {}

        @EventType("file-removed")
        record Removed(String author, int added) implements FileEvent {}
    }

    @Inject
    Sql sql;

    void count(@Observes @Subscribed(value = SUBSCRIPTION, category = "file") FileEvent event, RecordedEvent recorded) {
        sql.update(
                "insert into author_files values (?, ?) on conflict do nothing",
                event.author(),
                recorded.stream().id());
        sql.update("""
                insert into author_lines as known values (?, ?, 1)
                on conflict (author) do update set added = known.added + excluded.added, changes = known.changes + 1""", event.author(), event.added());
    }
}
