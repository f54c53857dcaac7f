package org.meowmx.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedResultTest {

    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void a_result_is_shared_until_it_is_forgotten() {
        SharedResult<Integer> result = new SharedResult<>(reads::incrementAndGet, Duration.ofHours(1));

        assertThat(result.get()).isEqualTo(1);
        assertThat(result.get()).isEqualTo(1);
        result.forget();
        assertThat(result.get()).isEqualTo(2);
    }

    @Test
    void a_result_that_is_too_old_is_read_anew() {
        SharedResult<Integer> result = new SharedResult<>(reads::incrementAndGet, Duration.ZERO);

        assertThat(result.get()).isEqualTo(1);
        assertThat(result.get()).isEqualTo(2);
    }

    @Test
    void an_exception_is_thrown_and_not_kept() {
        SharedResult<Integer> result = new SharedResult<>(
                () -> {
                    if (reads.incrementAndGet() == 1) {
                        throw new IllegalStateException("down");
                    }
                    return reads.get();
                },
                Duration.ofHours(1));

        assertThatThrownBy(result::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("down");
        assertThat(result.get()).isEqualTo(2);
    }

    @Test
    void threads_that_arrive_during_a_read_get_its_result() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        SharedResult<Integer> result = new SharedResult<>(
                () -> {
                    reading.countDown();
                    answer.join();
                    return reads.incrementAndGet();
                },
                Duration.ofHours(1));
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(result::get);
        reading.await();
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(result::get);
        answer.complete(null);

        assertThat(first.get()).isEqualTo(1);
        assertThat(second.get()).isEqualTo(1);
    }
}
