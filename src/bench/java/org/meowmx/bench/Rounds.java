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
 * Lets contenders take turns. A warm-up, in which the JVM compiles the code, does not count. The order of each round is random, because
 * PostgreSQL writes the dirty pages of a contender during the turn of the next one. A fixed seed gives the same orders in each run.
 */
final class Rounds {

    private static final long SEED = 1;

    private final List<Supplier<Map<String, Double>>> turns = new ArrayList<>();

    /** Adds a contender; its turn returns the figure that it reached. */
    Rounds with(String contender, DoubleSupplier turn) {
        return with(() -> Map.of(contender, turn.getAsDouble()));
    }

    /** Adds a contender whose turn returns several figures by name. */
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

    /** Warms up, and returns an empty list of figures for each contender, in their order. */
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
