package org.meowmx.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A proxy between a client and PostgreSQL that simulates faults of the network. */
public final class TcpProxy implements AutoCloseable {

    /** PostgreSQL's answer to COMMIT, the end of its message {@code CommandComplete}. */
    private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

    private static final int BUFFER = 8192;

    private volatile PostgreSqlServer behind;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger repliesToLose = new AtomicInteger();
    private final AtomicInteger repliesLost = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;

    private TcpProxy(PostgreSqlServer behind) throws IOException {
        this.behind = behind;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public static TcpProxy before(PostgreSqlServer server) {
        try {
            return new TcpProxy(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Delays the data that clients send, about once for each statement. */
    public void delay(Duration ofEachStatement) {
        delay = ofEachStatement;
    }

    /** Loses the next replies to COMMIT, together with their connections. */
    public void loseReplies(int count) {
        repliesToLose.set(count);
    }

    public int repliesLost() {
        return repliesLost.get();
    }

    /** Cuts all connections. New ones lead to another server, as after a failover behind the same address. */
    public void leadTo(PostgreSqlServer other) {
        behind = other;
        lines.forEach(Line::close);
    }

    /** From now on the existing connections transfer nothing, in neither direction, and neither end is notified. */
    public void silence() {
        lines.forEach(line -> line.silent = true);
    }

    /** Closes the silent connections at both ends. */
    public void cutSilent() {
        lines.stream().filter(line -> line.silent).forEach(Line::close);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Line line = new Line(client, new Socket(behind.host(), behind.port()));
                lines.add(line);
                threads.execute(() -> line.carry(line.client, line.server, true));
                threads.execute(() -> line.carry(line.server, line.client, false));
            } catch (IOException e) {
                // the proxy was closed, or the server is down and the client notices it
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        lines.forEach(Line::close);
        threads.shutdownNow();
    }

    /** A connection. */
    private final class Line {

        private final Socket client;
        private final Socket server;
        private volatile boolean silent;

        Line(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void carry(Socket from, Socket to, boolean request) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (request) {
                        LockSupport.parkNanos(delay.toNanos());
                    } else if (isLost(buffer, read)) {
                        break;
                    }
                    if (!silent) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException e) {
                // one end is gone; the other one follows
            }
            if (!silent) {
                close();
            }
        }

        private boolean isLost(byte[] reply, int length) {
            boolean lost = contains(reply, length) && repliesToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (lost) {
                repliesLost.incrementAndGet();
            }
            return lost;
        }

        private boolean contains(byte[] reply, int length) {
            for (int i = 0; i + COMMITTED.length <= length; i++) {
                if (Arrays.equals(reply, i, i + COMMITTED.length, COMMITTED, 0, COMMITTED.length)) {
                    return true;
                }
            }
            return false;
        }

        void close() {
            lines.remove(this);
            try (client;
                    server) {
                silent = false;
            } catch (IOException e) {
                // it is closed as far as it can be
            }
        }
    }
}
