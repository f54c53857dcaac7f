package org.meowmx.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Lets contenders take turns, A B C A B C …, after some that do not count, in which the JVM compiles what is used. */
final class Rounds {

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

    private void warmUp(Options options) {
        long began = System.nanoTime();
        long enough = options.warmUp().toNanos() * turns.size();
        do {
            turns.forEach(Supplier::get);
        } while (System.nanoTime() - began < enough);
    }

    Map<String, Figure> run(Options options) {
        warmUp(options);
        Map<String, List<Double>> reached = new LinkedHashMap<>();
        for (int round = 0; round < options.rounds(); round++) {
            turns.forEach(turn -> turn.get()
                    .forEach((name, figure) -> reached.computeIfAbsent(name, first -> new ArrayList<>())
                            .add(figure)));
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        reached.forEach((name, each) -> figures.put(name, Figure.of(each)));
        return figures;
    }
}
