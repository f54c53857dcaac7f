package org.meowmx.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.meowmx.rest.live.LiveResource;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.rest.mount.MountGuard;

/** A client of {@code /events/live} without an HTTP server. As a browser does, it keeps the last id that it received. */
public final class LiveClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LiveResource resource;
    private final String category;
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";
    private volatile boolean connected;

    /** @param category only events of this category; empty is every category */
    public LiveClient(LiveResource resource, String category) {
        this.resource = resource;
        this.category = category;
    }

    /** Connects, and starts after a position. */
    public LiveClient connect(String after) {
        open(after, null);
        return this;
    }

    /**
     * Connects again, after the last id.
     *
     * @throws ProblemException if the server refuses it
     */
    public void reconnect() {
        open("now", lastId);
    }

    /** Reconnects if the connection was closed. Returns why the server refused it, or null. */
    public ProblemType stayConnected() {
        try {
            if (!connected) {
                reconnect();
            }
            return null;
        } catch (ProblemException e) {
            return e.problem().type();
        }
    }

    /** Forgets everything, and starts again from the beginning. */
    public void startOver() {
        received.clear();
        open("0", null);
    }

    private void open(String after, String lastEventId) {
        Output output = new Output();
        AsyncContext[] asynchronous = new AsyncContext[1];
        HttpServletResponse response = answering(
                HttpServletResponse.class,
                (proxy, method, arguments) -> method.getName().equals("getOutputStream") ? output : null);
        asynchronous[0] = answering(AsyncContext.class, (proxy, method, arguments) -> {
            if (method.getName().equals("complete")) {
                connected = false;
            }
            return method.getName().equals("getResponse") ? response : null;
        });
        HttpServletRequest request = answering(
                HttpServletRequest.class,
                (proxy, method, arguments) -> method.getName().equals("getMethod") ? "GET" : asynchronous[0]);
        connected = true;
        RequestContextController context =
                CDI.current().select(RequestContextController.class).get();
        context.activate();
        try {
            MountGuard.admit();
            String only = category.isEmpty() ? null : category;
            resource.live(
                    after,
                    only,
                    List.of(),
                    lastEventId,
                    request,
                    response,
                    answering(AsyncResponse.class, (p, m, a) -> null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            connected = false;
            throw e;
        } finally {
            context.deactivate();
        }
    }

    private static <T> T answering(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    public boolean isConnected() {
        return connected;
    }

    /** The id of the last event or heartbeat. */
    public String lastId() {
        return lastId;
    }

    /** The events, as the server wrote them. */
    public List<JsonNode> received() {
        return received;
    }

    public List<Long> positions() {
        return received.stream().map(event -> event.get("position").asLong()).toList();
    }

    /** An output that is always ready, and whose data are read at once. */
    private final class Output extends ServletOutputStream {

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public boolean isReady() {
            return true;
        }

        /** Calls the listener like a server: the first call says that the client takes data. */
        @Override
        public void setWriteListener(WriteListener listener) {
            try {
                listener.onWritePossible();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public synchronized void write(int character) throws IOException {
            if (character != '\n') {
                line.write(character);
                return;
            }
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            if (text.startsWith("id: ")) {
                lastId = text.substring(4);
            } else if (text.startsWith("data: ")) {
                received.add(JSON.readTree(text.substring(6)));
            }
        }
    }
}
