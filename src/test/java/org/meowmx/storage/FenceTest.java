package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of the high-water mark. */
class FenceTest {

    private static long folded(long position) {
        return position & 0xFFFF_FFFFL;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "5, 5",
        "3, 10",
        "12, 10",
        "2147483647, 2147483650",
        "2147483650, 2147483647",
        "4294967295, 4294967296",
        "4294967296, 4294967295",
        "4294967290, 4294967400",
        "8589934590, 8589934600",
        "9223372036854775000, 9223372036854775800"
    })
    void a_fence_unfolds_to_the_nearest_position_on_either_side(long fence, long last) {
        assertThat(Fence.unfold(folded(fence), last)).isEqualTo(fence);
    }

    @Test
    void the_mark_is_the_last_position_where_no_fence_is_up() {
        assertThat(Fence.highWaterMark(42, List.of())).isEqualTo(42);
    }

    @Test
    void the_lowest_fence_decides() {
        assertThat(Fence.highWaterMark(42, List.of(40L, 17L, 41L))).isEqualTo(17);
    }

    @Test
    void a_fence_raised_after_the_last_position_was_read_does_not_raise_the_mark() {
        assertThat(Fence.highWaterMark(42, List.of(45L))).isEqualTo(42);
        long wrap = 1L << 32;
        assertThat(Fence.highWaterMark(wrap - 1, List.of(folded(wrap + 3)))).isEqualTo(wrap - 1);
    }
}
