package org.meowmx.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.event.Startup;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meowmx.StartupException;

class ConfigurationCheckTest {

    private static ConfigurationCheck check(Map<String, String> values) {
        ConfigurationCheck check = new ConfigurationCheck();
        check.config = new SmallRyeConfigBuilder().withDefaultValues(values).build();
        return check;
    }

    @ParameterizedTest
    @CsvSource({
        "meowmx.append.max-events, 0, 1 to 100000",
        "meowmx.append.max-events, many, 1 to 100000",
        "meowmx.event.max-size, 268435456, 1 to 268435455",
        "meowmx.rest.max-body, -5, 1 to 2147483639",
        "meowmx.rest.live.max-readers, -1, 0 to 1000000",
        "meowmx.rest.live.heartbeat, PT0S, an ISO-8601 duration from PT0.1S to PT24H",
        "meowmx.schema.mode, migrat, 'validate, migrate or none'",
        "meowmx.rest.live.heartbeat, 15, an ISO-8601 duration from PT0.1S to PT24H"
    })
    void a_value_out_of_its_range_is_told_with_what_is_allowed(String key, String value, String allowed) {
        assertThat(check(Map.of(key, value)).problems())
                .singleElement()
                .asString()
                .contains(key + " is '" + value + "'", "allowed is " + allowed);
    }

    @Test
    void what_is_allowed_is_no_problem_nor_is_what_is_not_ours() {
        assertThat(check(Map.of(
                                "meowmx.append.max-events", "100000",
                                "meowmx.rest.live.heartbeat", "PT0.1S",
                                "meowmx.schema.mode", "none",
                                "meowmx.other", "x"))
                        .problems())
                .isEmpty();
    }

    @Test
    void what_a_server_lists_of_the_environment_is_no_mistake() {
        ConfigurationCheck check = check(Map.of(
                "meowmx.rest.max.body",
                "1000",
                "meowmx.event.service.host",
                "10.0.0.1",
                "meowmx.append.max.events",
                "5"));
        check.environment = Set.of("MEOWMX_REST_MAX_BODY", "MEOWMX_EVENT_SERVICE_HOST");

        assertThat(check.problems())
                .singleElement()
                .asString()
                .contains("meowmx.append.max.events is no configuration key");
    }

    @Test
    void all_mistakes_fail_the_start_at_once() {
        ConfigurationCheck check = check(Map.of("meowmx.rest.maxbody", "1", "meowmx.append.max-events", "0"));

        assertThatThrownBy(() -> check.start(new Startup()))
                .isInstanceOf(StartupException.class)
                .hasMessageContainingAll(
                        "meowmx.rest.maxbody is no configuration key",
                        "meowmx.rest.max-body",
                        "meowmx.append.max-events");
    }
}
