package org.meowmx;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One step of a paged read of a stream: the events of a page, and the range that remains to be read. */
record StreamScan(List<RecordedEvent> events, @Nullable StreamRange rest) {

    static Stream<RecordedEvent> of(StreamRange range, Function<StreamRange, EventStream> read) {
        return Stream.<@Nullable StreamScan>iterate(
                        new StreamScan(List.of(), range), Objects::nonNull, page -> next(page, read))
                .filter(Objects::nonNull)
                .flatMap(page -> page.events.stream())
                .limit(range.limit());
    }

    private static @Nullable StreamScan next(@Nullable StreamScan page, Function<StreamRange, EventStream> read) {
        StreamRange rest = page == null ? null : page.rest;
        if (rest == null) {
            return null;
        }
        EventStream found = read.apply(rest);
        return new StreamScan(found.events(), found.next(rest));
    }
}
