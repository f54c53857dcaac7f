package org.meowmx.subscription.engine;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The steps of a segment's worker. Each step is a transaction of its own.
 *
 * @param turn takes a turn; throws {@link TurnFailure}
 * @param failure records a failure; empty if it is outdated
 * @param merge merges the segments of the named subscription, and returns whether that was possible
 */
record SegmentSteps(
        Function<TurnRequest, TurnResult> turn,
        BiFunction<DeclaredSegment, TurnFailure, Optional<RecordedFailure>> failure,
        Predicate<String> merge) {}
