package org.meowmx.subscription.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The commands that happen to a projection, and their comparison with the model. */
record ProjectionHistory(List<ProjectionCommand> commands) {

    private static final int SHORTEST = 8;
    private static final int LONGEST = 30;

    /** After these commands the serving version has handled every event, whatever has happened before. */
    private static final List<ProjectionCommand> END = List.of(
            ProjectionCommand.heal(),
            ProjectionCommand.resume(1),
            ProjectionCommand.resume(2),
            ProjectionCommand.awaitRetries(),
            ProjectionCommand.work(1),
            ProjectionCommand.work(2),
            ProjectionCommand.work(1));

    /** The history of a seed. */
    static ProjectionHistory of(long seed) {
        Random random = new Random(seed);
        return new ProjectionHistory(IntStream.range(0, random.nextInt(SHORTEST, LONGEST))
                .mapToObj(i -> any(random))
                .toList());
    }

    private static ProjectionCommand any(Random random) {
        int number = ProjectionEngine.VERSIONS.get(random.nextInt(ProjectionEngine.VERSIONS.size()));
        int share = random.nextInt(100);
        if (share < 22) {
            return ProjectionCommand.append(stream(random), random.nextInt(1, 4));
        }
        if (share < 50) {
            return ProjectionCommand.work(number);
        }
        if (share < 58) {
            return ProjectionCommand.build(2);
        }
        if (share < 72) {
            ProjectionCommand atomic = random.nextInt(6) == 0
                    ? ProjectionCommand.retire(number)
                    : random.nextInt(4) == 0
                            ? ProjectionCommand.switchEvenIfFailing(number)
                            : ProjectionCommand.switchTo(number);
            return random.nextInt(3) == 0 ? atomic.with(fault(random)) : atomic;
        }
        return share < 80 ? outside(random, number) : operation(random, number);
    }

    private static ProjectionCommand outside(Random random, int number) {
        return switch (random.nextInt(4)) {
            case 0 -> ProjectionCommand.heal();
            case 1 -> ProjectionCommand.awaitRetries();
            default -> ProjectionCommand.poison(number, stream(random), random.nextInt(1, 6));
        };
    }

    private static ProjectionCommand operation(Random random, int number) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> ProjectionCommand.pause(number);
            case 2, 3, 4 -> ProjectionCommand.resume(number);
            case 5 -> ProjectionCommand.replay(number);
            case 6 -> ProjectionCommand.reposition(number, random.nextInt(20));
            default -> ProjectionCommand.changeSegments(number, random.nextInt(1, 5));
        };
    }

    private static Fault fault(Random random) {
        Fault.Kind[] kinds = Fault.Kind.values();
        return new Fault(random.nextInt(1, 40), kinds[random.nextInt(kinds.length)]);
    }

    private static String stream(Random random) {
        return History.STREAMS.get(random.nextInt(History.STREAMS.size()));
    }

    /** The difference between the engine and the model; empty if there is none. */
    Optional<String> difference(ProjectionEngine engine) {
        engine.begin();
        ProjectionModel model = new ProjectionModel(engine.world());
        ProjectionState state = engine.state();
        for (ProjectionCommand command :
                Stream.concat(commands.stream(), END.stream()).toList()) {
            ProjectionState before = state;
            boolean refused = command.isRefusedBy(engine);
            state = engine.state();
            if (!command.explains(model, before, state, refused)) {
                return Optional.of("%s\n  before:   %s\n  engine:   %s%s\n  model:    %s"
                        .formatted(
                                command,
                                before,
                                state,
                                refused ? ", refused" : "",
                                command.expected()
                                        .apply(model, before)
                                        .map(Object::toString)
                                        .orElse("refused")));
            }
            Optional<String> repeated = state.repeated();
            if (repeated.isPresent()) {
                return repeated.map(text -> command + ": " + text);
            }
        }
        return isMovedByHand() ? Optional.empty() : lost(engine.world(), state);
    }

    /** A version that is moved forward skips events. */
    private boolean isMovedByHand() {
        return commands.stream().anyMatch(command -> command.name().startsWith("reposition"));
    }

    /** Nothing is lost: readers see every event, and each event has had its live effects. */
    private static Optional<String> lost(World world, ProjectionState end) {
        List<String> all = world.log().stream()
                .map(event -> event.stream() + event.version())
                .sorted()
                .toList();
        SortedMap<String, List<Long>> rows = end.version(end.serving()).rows();
        return all.equals(events(rows)) && all.equals(events(end.live())) && all.equals(events(end.appended()))
                ? Optional.empty()
                : Optional.of("at the end, an event is missing\n  the log:  %s\n  engine:   %s".formatted(all, end));
    }

    private static List<String> events(Map<String, List<Long>> versions) {
        List<String> events = new ArrayList<>();
        versions.forEach((stream, numbers) -> numbers.forEach(number -> events.add(stream + Math.abs(number))));
        return events.stream().sorted().toList();
    }

    /** The shortest history that still fulfils a condition, found by leaving out commands. */
    ProjectionHistory shrunk(Predicate<ProjectionHistory> still) {
        ProjectionHistory shortest = this;
        Optional<ProjectionHistory> shorter = Optional.of(this);
        while (shorter.isPresent()) {
            shortest = shorter.get();
            shorter = History.shorter(shortest.commands()).stream()
                    .map(ProjectionHistory::new)
                    .filter(still)
                    .findFirst();
        }
        return shortest;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("projection " + ProjectionEngine.NAME);
        for (int i = 0; i < commands.size(); i++) {
            text.append("\n  ").append(i + 1).append(". ").append(commands.get(i));
        }
        return text.toString();
    }
}
