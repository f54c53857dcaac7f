package org.meowmx.rest.worker;

import jakarta.ws.rs.container.CompletionCallback;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meowmx.rest.answer.LeaseAnswer;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.subscription.lease.Lease;
import org.meowmx.subscription.lease.LeaseRequest;

/** A request for a lease that has no answer yet. */
final class WaitingWorker implements CompletionCallback {

    private final String subscription;
    private final LeaseRequest request;
    private final long deadline;
    private final Reply answer;
    private final Consumer<UUID> giveBack;
    private volatile @Nullable UUID offered;

    /**
     * @param wait the longest time to wait
     * @param giveBack ends a lease that the worker has not received
     */
    WaitingWorker(String subscription, LeaseRequest request, Duration wait, Reply answer, Consumer<UUID> giveBack) {
        this.subscription = subscription;
        this.request = request;
        this.deadline = System.nanoTime() + wait.toNanos();
        this.answer = answer;
        this.giveBack = giveBack;
        answer.whenWritten(this);
    }

    String subscription() {
        return subscription;
    }

    LeaseRequest request() {
        return request;
    }

    boolean isOver() {
        return System.nanoTime() >= deadline;
    }

    /** Whether the server has ended the request already. */
    boolean isGone() {
        return answer.isOver();
    }

    /** Sends the page. */
    void offer(Lease lease) {
        offered = lease.id();
        try {
            if (!answer.page(Json.answer(LeaseAnswer.of(lease)))) {
                onComplete(new IllegalStateException("The request has ended"));
            }
        } catch (Throwable e) {
            onComplete(e);
            answer.problem(Problem.of(
                    ProblemType.UNAVAILABLE,
                    "The page could not be written, so its lease was given back. Request the next lease"));
        }
    }

    void sendNothing() {
        answer.nothing();
    }

    void send(Problem problem) {
        answer.problem(problem);
    }

    /** Called when the server has written the answer, or failed to write it. */
    @Override
    public void onComplete(@Nullable Throwable failure) {
        UUID lease = offered;
        if (failure != null && lease != null) {
            giveBack.accept(lease);
        }
    }
}
