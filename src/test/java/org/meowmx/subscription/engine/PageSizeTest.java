package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The page size for fast and slow observers. */
class PageSizeTest {

    private static final long QUICK = Duration.ofMillis(20).toNanos();
    private static final long JUST_RIGHT = Duration.ofMillis(150).toNanos();
    private static final long SLOW = Duration.ofMillis(300).toNanos();

    private final PageSize size = new PageSize(1_000);

    @Test
    void it_grows_while_turns_are_quick_up_to_the_batch() {
        assertThat(size.get()).isEqualTo(100);
        size.adapt(QUICK);
        assertThat(size.get()).isEqualTo(200);
        size.adapt(QUICK);
        size.adapt(QUICK);
        size.adapt(QUICK);
        assertThat(size.get()).isEqualTo(1_000);
        assertThat(new PageSize(30).get()).isEqualTo(30);
    }

    @Test
    void it_shrinks_while_turns_are_slow_to_one_event_at_least() {
        size.adapt(SLOW);
        assertThat(size.get()).isEqualTo(50);
        for (int i = 0; i < 10; i++) {
            size.adapt(SLOW);
        }
        assertThat(size.get()).isEqualTo(1);
        size.adapt(QUICK);
        assertThat(size.get()).isEqualTo(2);
    }

    @Test
    void it_stays_where_turns_take_about_as_long_as_they_may() {
        size.adapt(JUST_RIGHT);
        assertThat(size.get()).isEqualTo(100);
    }
}
