package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.meowmx.SequenceResetException;
import org.meowmx.StandbyException;
import org.meowmx.subscription.FailureClassifier;
import org.meowmx.subscription.FailureKind;
import org.meowmx.transaction.Causes;
import org.meowmx.transaction.SqlState;
import org.meowmx.transaction.TransactionLimits;

/** Decides whether a failed turn counts as an attempt of its event, as {@link FailureClassifier} describes. */
final class FailureKinds {

    private static final Logger LOG = System.getLogger(FailureKinds.class.getName());

    private final Supplier<Stream<FailureClassifier>> classifiers;

    /** @param classifiers the beans of the application, in the order in which they are called */
    FailureKinds(Supplier<Stream<FailureClassifier>> classifiers) {
        this.classifiers = classifiers;
    }

    /**
     * Whether the failure is transient.
     *
     * @param lasted the duration of the failed turn. A turn beyond its limit loses its session, which looks like a lost
     *     connection, but the slow event is to blame
     * @param limits the limits of the turn
     */
    boolean isTransient(Throwable failure, Duration lasted, TransactionLimits limits) {
        Optional<FailureKind> known = classifiers
                .get()
                .flatMap(classifier -> answer(classifier, failure).stream())
                .findFirst();
        return known.map(kind -> kind == FailureKind.TRANSIENT)
                .orElseGet(() -> lasted.compareTo(limits.longest()) < 0 && isTransient(failure));
    }

    /** The answer of a classifier. One that throws an exception does not know the failure. */
    private static Optional<FailureKind> answer(FailureClassifier classifier, Throwable failure) {
        try {
            return classifier.classify(failure);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A FailureClassifier threw an exception, so it does not decide about a failure", e);
            return Optional.empty();
        }
    }

    /** A handler may have called the store, which refuses a standby, or a log whose sequence was set back. */
    private static boolean isTransient(Throwable failure) {
        return SqlState.isTransient(failure)
                || Causes.tree(failure)
                        .anyMatch(
                                cause -> cause instanceof StandbyException || cause instanceof SequenceResetException);
    }
}
