package org.meowmx.bench;

import com.sun.management.OperatingSystemMXBean;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.Subscribed;

/** The cost of 200 idle subscriptions. It includes the processes of an embedded PostgreSQL, but not of one in a container. */
final class IdleWorkload implements Workload {

    private static final int SUBSCRIPTIONS = 200;
    private static final double TICKS_PER_SECOND = 2;
    private static final String CPU = "JVM and PostgreSQL, % of one core";

    /** Includes heartbeats and the measurement itself. A test checks that a poll is one query. */
    private static final String TRANSACTIONS = "transactions per tick";

    /** Declares a number of subscriptions. */
    private record Declaration(int subscriptions) implements Extension {

        void declare(@Observes AfterBeanDiscovery event) {
            for (int i = 0; i < subscriptions; i++) {
                event.<RecordedEvent>addObserverMethod()
                        .observedType(RecordedEvent.class)
                        .beanClass(IdleWorkload.class)
                        .addQualifier(Subscribed.Literal.of("idle-" + i))
                        .notifyWith(context -> {});
            }
        }
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public Outcome run(Lab lab) {
        lab.configure("meowmx.subscription.enabled", "true");
        lab.node(List.of(new Declaration(SUBSCRIPTIONS)));
        // the JVM needs minutes to compile code that runs twice a second; this is not a cost of idle subscriptions
        pause(lab.options().size(5, 180));
        int seconds = lab.options().size(5, 20);
        Rounds rounds = new Rounds().with(() -> measure(lab, seconds));
        return new Outcome(
                name(),
                "200 idle subscriptions over %d s".formatted(seconds),
                "see each line",
                rounds.run(lab.options()),
                List.of(Target.atMost(1, CPU)));
    }

    private static Map<String, Double> measure(Lab lab, int seconds) {
        List<String> processes = lab.texts("select cast(pid as text) from pg_stat_activity");
        double cpuBefore = cpuSeconds(processes);
        long transactionsBefore = transactions(lab);
        pause(seconds);
        double cpu = cpuSeconds(processes) - cpuBefore;
        return Map.of(
                CPU,
                100 * cpu / seconds,
                TRANSACTIONS,
                (transactions(lab) - transactionsBefore) / (seconds * TICKS_PER_SECOND));
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static long transactions(Lab lab) {
        return lab.number("select xact_commit from pg_stat_database where datname = current_database()");
    }

    private static double cpuSeconds(List<String> processes) {
        double own = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
        return own + processes.stream().mapToDouble(IdleWorkload::cpuSeconds).sum();
    }

    /** See proc_pid_stat(5): fields 14 and 15, in hundredths of a second; the name in parentheses is field 2. */
    private static double cpuSeconds(String process) {
        Path stat = Path.of("/proc", process, "stat");
        try (Stream<String> lines = Files.exists(stat) ? Files.lines(stat) : Stream.empty()) {
            return lines.map(line -> line.substring(line.lastIndexOf(')') + 2).split(" "))
                    .mapToDouble(fields -> (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
