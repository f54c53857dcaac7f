package org.meowmx.subscription.engine;

/** Runs a command once, before the nth step of workers: a turn, the recording of a failure, or a merge. */
final class Interruption {

    private final int step;
    private final Runnable work;
    private int steps;

    Interruption(int step, Runnable work) {
        this.step = step;
        this.work = work;
    }

    private void next() {
        steps++;
        if (steps == step) {
            work.run();
        }
    }

    /** Runs the command at the end, if the workers took fewer steps. */
    void afterAll() {
        if (steps < step) {
            work.run();
        }
    }

    SegmentSteps before(SegmentSteps given) {
        return new SegmentSteps(
                request -> {
                    next();
                    return given.turn().apply(request);
                },
                (segment, failure) -> {
                    next();
                    return given.failure().apply(segment, failure);
                },
                subscription -> {
                    next();
                    return given.merge().test(subscription);
                },
                subscription -> {
                    next();
                    return given.operation().test(subscription);
                });
    }
}
