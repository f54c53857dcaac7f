package shop.trial;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Appends in timers of an enterprise bean: one that expires once, and one that a calendar expression declares. */
@Singleton
public class Timers {

    private static final Queue<String> SCHEDULED = new ConcurrentLinkedQueue<>();

    @Resource
    TimerService timers;

    @Inject
    Places places;

    /** Both timers append soon. */
    public void start(String id) {
        timers.createSingleActionTimer(1, new TimerConfig(id, false));
        SCHEDULED.add(id);
    }

    @Timeout
    void expired(Timer timer) {
        places.append("timer", (String) timer.getInfo());
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void tick() {
        String id = SCHEDULED.poll();
        if (id != null) {
            places.append("schedule", id);
        }
    }
}
