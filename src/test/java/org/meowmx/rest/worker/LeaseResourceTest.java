package org.meowmx.rest.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.subscription.lease.Leases;

/** The requests of workers about their leases. */
class LeaseResourceTest {

    private static final String LEASE = new UUID(0, 1).toString();

    private final LeaseResource resource = new LeaseResource();
    private final List<String> calls = new ArrayList<>();

    @BeforeEach
    void connect() {
        resource.settings = new Settings(new SmallRyeConfigBuilder().build(), Set.of());
        resource.waiting = new WaitingWorkers();
        resource.leases = (Leases) Proxy.newProxyInstance(
                Leases.class.getClassLoader(), new Class<?>[] {Leases.class}, (self, method, arguments) -> {
                    calls.add(method.getName() + (arguments.length > 2 ? arguments[2] : ""));
                    return null;
                });
    }

    private static InputStream body(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    private void acknowledge(String json) {
        resource.acknowledge("mailer", LEASE, body(json));
    }

    @Test
    void a_position_that_is_null_acknowledges_nothing() {
        assertThatThrownBy(() -> acknowledge("{\"position\": null}"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("position");
        assertThat(calls).isEmpty();
    }

    @Test
    void a_failure_needs_a_message() {
        assertThatThrownBy(() -> resource.fail("mailer", LEASE, body("{\"position\": 7, \"message\": \" \"}")))
                .isInstanceOf(ProblemException.class);
        assertThat(calls).isEmpty();
    }
}
