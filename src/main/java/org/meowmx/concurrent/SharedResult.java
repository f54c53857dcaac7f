package org.meowmx.concurrent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The result of an expensive read that many threads request at the same time.
 *
 * <p>One thread reads. Threads that arrive meanwhile get its result or its exception, and threads that arrive shortly afterwards get
 * its result. An exception is not kept.
 */
public final class SharedResult<T> {

    private final Supplier<T> read;
    private final Duration shared;
    private final AtomicReference<@Nullable Read<T>> latest = new AtomicReference<>();

    /**
     * @param read reads the result
     * @param shared the maximum age of a result, counted from the beginning of its read
     */
    public SharedResult(Supplier<T> read, Duration shared) {
        this.read = read;
        this.shared = shared;
    }

    private record Read<T>(CompletableFuture<T> result, long began) {

        boolean isUsable(Duration shared) {
            return !result.isDone()
                    || (!result.isCompletedExceptionally() && System.nanoTime() - began < shared.toNanos());
        }
    }

    /** The result; its age is at most the time for which it is shared, or the duration of one read. */
    public T get() {
        Read<T> found = latest.get();
        if (found != null && found.isUsable(shared)) {
            return result(found);
        }
        Read<T> own = new Read<>(new CompletableFuture<>(), System.nanoTime());
        if (!latest.compareAndSet(found, own)) {
            return get();
        }
        try {
            own.result().complete(read.get());
        } catch (Throwable e) {
            own.result().completeExceptionally(e);
        }
        return result(own);
    }

    private static <T> T result(Read<T> read) {
        try {
            return read.result().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** Forgets the result: the next call starts a new read, even if a read is in progress. */
    public void forget() {
        latest.set(null);
    }
}
