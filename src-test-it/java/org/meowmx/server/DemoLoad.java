package org.meowmx.server;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Places orders at a steady rate and ships about half of them, so the demo has activity to show. */
final class DemoLoad implements AutoCloseable {

    private static final String[] CUSTOMERS = {"ann", "bo", "chen", "dalia", "emre"};

    private final ApplicationServer server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);

    private DemoLoad(ApplicationServer server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param perSecond orders per second; 0 places none
     */
    static DemoLoad start(ApplicationServer server, int perSecond) {
        DemoLoad load = new DemoLoad(server);
        if (perSecond > 0) {
            long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
            load.threads.scheduleAtFixedRate(load::placeOne, 0, interval, TimeUnit.NANOSECONDS);
            System.out.printf("Placing %d orders per second.%n", perSecond);
        }
        return load;
    }

    private void placeOne() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String order = "{\"customer\":\"%s\",\"total\":%d.%02d}"
                .formatted(CUSTOMERS[random.nextInt(CUSTOMERS.length)], random.nextInt(1, 200), random.nextInt(100));
        try {
            HttpResponse<String> placed = Http.post(server.uri("/demo/orders"), order);
            if (random.nextBoolean()) {
                placed.headers().firstValue("Location").ifPresent(this::ship);
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            if (!threads.isShutdown()) {
                System.out.println("An order could not be placed: " + e.getMessage());
            }
        }
    }

    private void ship(String location) {
        Http.post(server.uri("/demo/orders/" + location.substring(location.lastIndexOf('/') + 1) + "/shipment"), "");
    }

    /** Places no further order. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
