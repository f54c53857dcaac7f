package org.meowmx.rest;

import jakarta.ws.rs.core.SecurityContext;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.subscription.OperationFailedException;
import org.meowmx.subscription.OperationPendingException;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.transaction.OutcomeUnknownException;
import org.meowmx.transaction.RootCause;
import org.meowmx.transaction.SqlState;

/**
 * An action of an operator on a subscription: runs it, and records it in the audit log.
 *
 * <p>A change happens as a whole or not at all, so it is recorded only after it has happened. An action that calls handlers may fail
 * after a part of its work, so its failure is recorded too, with {@code "failed": true} and the root cause as {@code "failure"}.
 */
final class OperatorAction {

    private final Audit audit;
    private final String type;
    private final String subscription;
    private final SecurityContext caller;
    private final Json.Content facts;

    /** @param type the event type in the audit log */
    OperatorAction(Audit audit, String type, String subscription, SecurityContext caller) {
        this(audit, type, subscription, caller, json -> {});
    }

    private OperatorAction(Audit audit, String type, String subscription, SecurityContext caller, Json.Content facts) {
        this.audit = audit;
        this.type = type;
        this.subscription = subscription;
        this.caller = caller;
        this.facts = facts;
    }

    /** This action with fields that are recorded in addition to the operator's name. */
    OperatorAction with(Json.Content recorded) {
        return new OperatorAction(audit, type, subscription, caller, recorded);
    }

    void run(Runnable change) {
        change.run();
        record(json -> {});
    }

    /** Runs a change that has a result. */
    <T> T get(Supplier<T> change) {
        T result = change.get();
        record(json -> {});
        return result;
    }

    /**
     * Runs a change that counts events.
     *
     * @param name the field in which the number is recorded
     */
    long count(String name, LongSupplier change) {
        long events;
        try {
            events = change.getAsLong();
        } catch (OperationPendingException e) {
            record(json -> json.writeBooleanField("pending", true));
            throw e;
        }
        record(json -> json.writeNumberField(name, events));
        return events;
    }

    /**
     * Runs an action that calls handlers and counts events.
     *
     * @param name the field in which the number is recorded
     * @throws ProblemException if a handler failed; the detail begins with the root cause
     */
    long callHandlers(String name, LongSupplier action) {
        return count(name, () -> called(action));
    }

    private long called(LongSupplier action) {
        try {
            return action.getAsLong();
        } catch (UnknownSubscriptionException | OperationPendingException e) {
            throw e;
        } catch (SubscriptionBusyException | SubscriptionConflictException | OperationFailedException e) {
            recordFailure(e);
            throw e;
        } catch (RuntimeException | Error e) {
            recordFailure(e);
            if (e instanceof OutcomeUnknownException || SqlState.isUnavailable(e)) {
                throw e;
            }
            throw new ProblemException(Problem.of(ProblemType.HANDLER_FAILED, RootCause.line(e)));
        }
    }

    /** If the failure cannot be recorded, the caller still gets the original exception. */
    private void recordFailure(Throwable failure) {
        try {
            record(json -> {
                json.writeBooleanField("failed", true);
                json.writeStringField("failure", RootCause.line(failure));
            });
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void record(Json.Content result) {
        audit.record(type, subscription, caller, json -> {
            facts.write(json);
            result.write(json);
        });
    }
}
