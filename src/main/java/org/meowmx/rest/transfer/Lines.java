package org.meowmx.rest.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.meowmx.rest.message.Body;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;

/** The lines of a body, one at a time, each up to a limit. */
final class Lines {

    private final InputStream body;
    private final int maxBytes;
    private final byte[] buffer = new byte[64 * 1024];
    private int next;
    private int end;
    private boolean ended;
    private boolean begun;

    Lines(InputStream body, int maxBytes) {
        this.body = body;
        this.maxBytes = maxBytes;
    }

    /** Whether the end of the body is reached. */
    boolean isOver() {
        return ended;
    }

    /**
     * The next line, without white space around it; empty at the end of the body.
     *
     * @throws ProblemException if the line is too long or not UTF-8
     * @throws IOException if the body ends early
     */
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (fill()) {
            int start = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            line.write(buffer, start, next - start);
            if (line.size() > maxBytes) {
                throw new ProblemException(Problem.of(
                                ProblemType.TOO_LARGE,
                                "The line is longer than %d bytes. Let the operator raise meowmx.rest.max-body, then repeat the import"
                                        .formatted(maxBytes))
                        .with("limit", maxBytes));
            }
            if (next < end) {
                next++;
                break;
            }
        }
        String text = Body.text(line.toByteArray());
        String content = begun ? text : Body.withoutMark(text);
        begun = true;
        return content.strip();
    }

    private boolean fill() throws IOException {
        if (next == end && !ended) {
            next = 0;
            end = Math.max(0, body.read(buffer));
            ended = end == 0;
        }
        return !ended;
    }
}
