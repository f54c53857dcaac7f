package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.meowmx.LogQuery;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(database = PostgreSqlDatabase.class)
class ReadOnPostgreSqlIT extends ReadContract {

    @Test
    void a_page_ends_where_metadata_fills_it() {
        StreamId stream = StreamId.of("noted", 1L);
        Metadata large = Metadata.of("note", "x".repeat(16_000));
        NewEvent event = NewEvent.of("noted", "{}").withMetadata(large);
        events.append(stream, any(), Collections.nCopies(700, event));

        assertThat(events.readPage(stream, StreamRange.all()).events()).hasSizeBetween(500, 530);
        assertThat(events.readPage(LogQuery.all(), 700).events()).hasSizeBetween(500, 530);
        assertThat(events.scan(stream, StreamRange.all()).map(RecordedEvent::version))
                .hasSize(700);
    }
}
