package org.meowmx.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Lets contenders take turns, after some that do not count, in which the JVM compiles what is used. Each round has an
 * order drawn by chance, the same in each run: what a contender leaves to be written, PostgreSQL writes during the turn of
 * the next.
 */
final class Rounds {

    private static final long SEED = 1;

    private final List<Supplier<Map<String, Double>>> turns = new ArrayList<>();

    /** Adds a contender; its turn returns the figure that it reached. */
    Rounds with(String contender, DoubleSupplier turn) {
        return with(() -> Map.of(contender, turn.getAsDouble()));
    }

    /** Adds a contender whose turn returns several figures, each under a name of its own. */
    Rounds with(Supplier<Map<String, Double>> turn) {
        turns.add(turn);
        return this;
    }

    Map<String, Figure> run(Options options) {
        return run(options, options.rounds());
    }

    Map<String, Figure> run(Options options, int rounds) {
        Map<String, List<Double>> reached = warmUp(options);
        List<Supplier<Map<String, Double>>> order = new ArrayList<>(turns);
        Random random = new Random(SEED);
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(order, random);
            order.forEach(turn ->
                    turn.get().forEach((name, figure) -> reached.get(name).add(figure)));
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        reached.forEach((name, each) -> figures.put(name, Figure.of(each)));
        return figures;
    }

    /** Returns room for the figures that are going to count, in the order of the contenders. */
    private Map<String, List<Double>> warmUp(Options options) {
        long began = System.nanoTime();
        long enough = options.warmUp().toNanos() * turns.size();
        Map<String, List<Double>> names = new LinkedHashMap<>();
        do {
            turns.forEach(turn ->
                    turn.get().keySet().forEach(name -> names.computeIfAbsent(name, first -> new ArrayList<>())));
        } while (System.nanoTime() - began < enough);
        return names;
    }
}
