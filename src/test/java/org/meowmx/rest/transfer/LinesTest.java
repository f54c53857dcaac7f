package org.meowmx.rest.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;

class LinesTest {

    private static List<String> lines(String body) throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), 200_000);
        List<String> found = new ArrayList<>();
        while (!lines.isOver()) {
            found.add(lines.next());
        }
        return found;
    }

    @Test
    void lines_are_read_one_by_one_whatever_they_end_with() throws IOException {
        String large = "ü".repeat(70_000);

        assertThat(lines("a\r\n\n" + large + "\nlast")).containsExactly("a", "", large, "last");
        assertThat(lines("a\n")).containsExactly("a", "");
        assertThat(lines("")).containsExactly("");
    }

    @Test
    void reading_stops_at_the_limit_of_a_line() {
        InputStream endless = new InputStream() {
            private int read;

            @Override
            public int read() {
                assertThat(++read).as("bytes read").isLessThan(200_000);
                return 'x';
            }
        };

        assertThatThrownBy(() -> new Lines(endless, 100_000).next())
                .satisfies(thrown ->
                        assertThat(((ProblemException) thrown).problem().type()).isEqualTo(ProblemType.TOO_LARGE));
    }

    @Test
    void what_is_not_utf_8_is_refused() {
        InputStream latin1 = new ByteArrayInputStream(new byte[] {'a', (byte) 0xfc, '\n'});

        assertThatThrownBy(() -> new Lines(latin1, 100).next()).hasMessage("The body is not UTF-8");
    }
}
