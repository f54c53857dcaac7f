package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.meowmx.server.Http;
import org.meowmx.server.ServerKind;

/**
 * With an XA data source, and a data source of a second database. Its {@code web.xml} does not mount REST API and console of the
 * library.
 */
class ConsumerOnXaIT extends ConsumerContract {

    private static final String LEDGER = "ledger";

    private static final Pattern MOUNT = Pattern.compile("<(servlet|servlet-mapping)>.*?</\\1>", Pattern.DOTALL);

    @Override
    Path war(Path folder) throws IOException {
        Path war = Files.copy(WAR, folder.resolve("not-mounted.war"));
        try (FileSystem files = FileSystems.newFileSystem(war)) {
            Path descriptor = files.getPath("WEB-INF/web.xml");
            String mounting = Files.readString(descriptor);
            String without = MOUNT.matcher(mounting).replaceAll("");
            assertThat(without).isNotEqualTo(mounting);
            Files.writeString(descriptor, without);
        }
        return war;
    }

    @Override
    void prepare() {
        database.executeIn(database.database(), "create database " + LEDGER);
        database.executeIn(LEDGER, "create table ledger (order_id text primary key)");
    }

    @Override
    Path[] additions() {
        return new Path[] {addition(Path.of("server-config"), "xa"), addition(SERVER, LEDGER), messaging()};
    }

    @Test
    void nothing_is_mounted() {
        for (String path : List.of("/events-admin", "/events-admin/", "/events-admin/api/status")) {
            assertThat(Http.get(server.uri(path)).statusCode()).as(path).isEqualTo(404);
            assertThat(Api.as(server, "operator")
                            .get(server.uri(path).toString())
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    private int book(UUID order, boolean failing) {
        String dataSource = ServerKind.ofTheBuild() == ServerKind.WILDFLY ? "java:/jdbc/ledger" : "jdbc/ledger";
        return post("trial/booking/%s?data-source=%s&failing=%s".formatted(order, dataSource, failing));
    }

    private long booked(UUID order) {
        return database.numberIn(LEDGER, "select count(*) from ledger where order_id = '%s'".formatted(order));
    }

    @Test
    void events_and_rows_of_another_database_are_committed_together() {
        UUID order = place();

        assertThat(book(order, false)).isEqualTo(204);

        assertThat(events(order)).contains("Paid");
        assertThat(booked(order)).isEqualTo(1);
        assertThat(database.numberIn(database.database(), "select count(*) from pg_prepared_xacts"))
                .isZero();
    }

    @Test
    void events_and_rows_of_another_database_are_rolled_back_together() {
        UUID order = place();

        assertThat(book(order, true)).isEqualTo(500);

        assertThat(events(order)).doesNotContain("Paid");
        assertThat(booked(order)).isZero();
    }

    @Test
    void what_the_other_database_refuses_leaves_no_event() {
        UUID order = place();
        book(order, false);

        assertThat(book(order, false)).isEqualTo(500);

        assertThat(events(order).split("Paid", -1)).hasSize(2);
    }

    @Test
    void events_and_the_receipt_of_a_message_are_committed_together() {
        String id = UUID.randomUUID().toString();

        assertThat(post("trial/places/send-in-transaction/" + id)).isEqualTo(204);

        awaitPhases("message-in-transaction", id, ALL_PHASES);
        assertThat(get("trial/metadata/place/message-in-transaction-" + id)).contains("branch=harbour");
    }
}
