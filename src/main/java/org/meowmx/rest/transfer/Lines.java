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
    private long blank;

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
     * @throws ProblemException if the line is too long or not UTF-8, or too many blank lines precede it
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
                throw tooLarge("The line is longer than %d bytes");
            }
            if (next < end) {
                next++;
                break;
            }
        }
        String text = Body.text(line.toByteArray());
        String content = begun ? text : Body.withoutMark(text);
        begun = true;
        return counted(content.strip(), line.size() + 1);
    }

    /** Counts blank lines. They compress so well that, without a limit, a small body could keep a thread busy for hours. */
    private String counted(String content, int bytes) {
        blank = content.isEmpty() ? blank + bytes : 0;
        if (blank > maxBytes) {
            throw tooLarge("Blank lines have more than %d bytes in a row");
        }
        return content;
    }

    private ProblemException tooLarge(String what) {
        return new ProblemException(Problem.of(
                        ProblemType.TOO_LARGE,
                        what.formatted(maxBytes)
                                + ". Let the operator raise meowmx.rest.max-body, then repeat the import")
                .with("limit", maxBytes));
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
