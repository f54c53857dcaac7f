package org.meowmx.subscription.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The commands of a test on one subscription. The last ones let it catch up. */
record History(String subscription, List<Command> commands) {

    private static final List<String> SUBSCRIPTIONS = List.of(Engine.PARKING, Engine.BLOCKING, Engine.PAGING);

    /** One stream in each quarter of the slices, and a second one in the third quarter. */
    static final List<String> STREAMS = List.of("dog", "fox", "cat", "owl", "ant");

    private static final int SHORTEST = 8;
    private static final int LONGEST = 26;

    /**
     * After these commands no work is left, whatever the earlier ones are. A scheduled merge takes three rounds of
     * work.
     */
    private static final List<Command> END = List.of(
            Outside.heal(),
            Operation.reconcile(),
            Operation.resume(),
            Operation.awaitRetries(),
            new Work(),
            new Work(),
            new Work());

    /** The history of a seed. */
    static History of(long seed) {
        Random random = new Random(seed);
        String subscription = SUBSCRIPTIONS.get(random.nextInt(SUBSCRIPTIONS.size()));
        List<Command> commands = new ArrayList<>();
        IntStream.range(0, random.nextInt(SHORTEST, LONGEST)).forEach(i -> commands.add(any(random)));
        commands.addAll(END);
        return new History(subscription, List.copyOf(commands));
    }

    private static Command any(Random random) {
        int share = random.nextInt(100);
        if (share < 24) {
            return Outside.append(stream(random), random.nextInt(1, 5));
        }
        if (share < 38) {
            return outside(random);
        }
        if (share < 50) {
            return new Work();
        }
        if (share < 66) {
            return new Broken(fault(random), random.nextInt(3) == 0 ? operation(random) : new Work());
        }
        return share < 78 ? new Meanwhile(random.nextInt(1, 8), meanwhile(random)) : operation(random);
    }

    private static Command outside(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Outside.appendElsewhere();
            case 1 -> Outside.heal();
            case 2, 3 -> Operation.awaitRetries();
            default -> Outside.poison(stream(random), random.nextInt(1, 6), oneOf(World.Failing.values(), random));
        };
    }

    private static Command meanwhile(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Work();
            case 1 -> Operation.replay();
            default -> operation(random);
        };
    }

    private static Command operation(Random random) {
        return switch (random.nextInt(16)) {
            case 0, 1 -> Operation.pause();
            case 2, 3 -> Operation.resume();
            case 4 -> Operation.reposition(random.nextInt(20));
            case 5 -> Operation.replay();
            case 6, 7, 8 -> Operation.changeSegments(random.nextInt(1, 5));
            case 9, 10 -> Operation.retryParked(stream(random));
            case 11 -> Operation.skipParked(stream(random));
            case 12 -> Operation.discardParked(stream(random));
            case 13 -> Operation.otherRelease();
            case 14 -> Operation.reconcile();
            default -> Operation.catchUp();
        };
    }

    private static Fault fault(Random random) {
        return new Fault(random.nextInt(1, 40), oneOf(Fault.Kind.values(), random));
    }

    private static String stream(Random random) {
        return STREAMS.get(random.nextInt(STREAMS.size()));
    }

    private static <T> T oneOf(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    /** The shortest history that still fulfils a condition, found by leaving out commands and faults. */
    History shrunk(Predicate<History> still) {
        History shortest = this;
        Optional<History> shorter = Optional.of(this);
        while (shorter.isPresent()) {
            shortest = shorter.get();
            shorter = shortest.simpler().stream().filter(still).findFirst();
        }
        return shortest;
    }

    /** First without many commands, then without one, then with one that is simpler. */
    private List<History> simpler() {
        List<History> simpler = new ArrayList<>(shorter(commands).stream()
                .map(shorter -> new History(subscription, shorter))
                .toList());
        for (int i = 0; i < commands.size(); i++) {
            if (commands.get(i) instanceof Broken broken) {
                simpler.add(with(i, List.of(broken.command())));
            } else if (commands.get(i) instanceof Meanwhile meanwhile) {
                simpler.add(with(i, List.of(new Work())));
                simpler.add(with(i, List.of(meanwhile.command())));
            }
        }
        return simpler;
    }

    private History with(int place, List<Command> instead) {
        return new History(subscription, with(commands, place, 1, instead));
    }

    /** The lists without half of the commands, without a quarter, and so on to those without one. */
    static <T> List<List<T>> shorter(List<T> commands) {
        List<List<T>> shorter = new ArrayList<>();
        for (int length = commands.size() / 2; length > 0; length /= 2) {
            for (int from = 0; from + length <= commands.size(); from += length) {
                shorter.add(with(commands, from, length, List.of()));
            }
        }
        return shorter;
    }

    private static <T> List<T> with(List<T> commands, int from, int length, List<T> instead) {
        List<T> changed = new ArrayList<>(commands.subList(0, from));
        changed.addAll(instead);
        changed.addAll(commands.subList(from + length, commands.size()));
        return List.copyOf(changed);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("subscription " + subscription);
        for (int i = 0; i < commands.size(); i++) {
            text.append("\n  ").append(i + 1).append(". ").append(commands.get(i));
        }
        return text.toString();
    }
}
