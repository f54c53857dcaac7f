package org.meowmx.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meowmx.StartupException;

/** The check of the keys of the store and the REST API. */
class ConfigurationCheckTest {

    private static Settings settings(Map<String, String> values, String... environment) {
        return new Settings(
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(values, "test.properties", 100))
                        .build(),
                Set.of(environment));
    }

    private static ConfigurationCheck check(Map<String, String> values, String... environment) {
        return new ConfigurationCheck(settings(values, environment), List.of(new ApplicationKeys()));
    }

    @ParameterizedTest
    @CsvSource({
        "meowmx.append.max-events, 0, 1 to 100000",
        "meowmx.append.max-events, many, 1 to 100000",
        "meowmx.event.max-size, 33554433, 1 to 33554432",
        "meowmx.rest.max-body, -5, 1 to 2147483639",
        "meowmx.rest.live.max-readers, -1, 0 to 1000000",
        "meowmx.rest.live.heartbeat, PT0S, an ISO-8601 duration from PT0.1S to PT24H",
        "meowmx.schema.mode, migrat, 'validate, migrate or none'",
        "meowmx.rest.live.heartbeat, 15, an ISO-8601 duration from PT0.1S to PT24H"
    })
    void a_value_that_is_not_allowed_is_reported_with_key_value_source_and_range(
            String key, String value, String allowed) {
        String problem = "%s is '%s' in PropertiesConfigSource[source=test.properties]; allowed: %s."
                .formatted(key, value, allowed);

        assertThat(check(Map.of(key, value)).problems()).containsExactly(problem);
        assertThatThrownBy(() -> settings(Map.of(key, value)).get(key(key)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(problem);
    }

    private static Key<?> key(String name) {
        return Keys.ALL.stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void allowed_values_and_properties_of_others_are_no_problem() {
        assertThat(check(Map.of(
                                "meowmx.append.max-events", "100000",
                                "meowmx.rest.live.heartbeat", "PT0.1S",
                                "meowmx.schema.mode", "None",
                                "meowmx.other", "x"))
                        .problems())
                .isEmpty();
    }

    @Test
    void a_value_is_read_once_and_a_key_that_is_not_set_has_its_default() {
        Settings settings = settings(Map.of("meowmx.append.max-events", " 7 ", "meowmx.schema.mode", "migrate"));

        assertThat(settings.get(Keys.MAX_EVENTS)).isEqualTo(7);
        assertThat(settings.get(Keys.SCHEMA_MODE)).isEqualTo(SchemaMode.MIGRATE);
        assertThat(settings.get(Keys.MAX_BODY)).isEqualTo(33_554_432);
        assertThat(settings.get(Keys.NODE)).isEmpty();
        assertThat(settings.get(Keys.MAX_EVENTS)).isSameAs(settings.get(Keys.MAX_EVENTS));
    }

    @Test
    void an_environment_variable_that_a_server_lists_as_a_property_is_ignored() {
        Map<String, String> listed = Map.of(
                "meowmx.rest.max.body", "1000",
                "meowmx.event.service.host", "10.0.0.1",
                "meowmx.append.max.events", "5");

        assertThat(check(listed, "MEOWMX_REST_MAX_BODY", "MEOWMX_EVENT_SERVICE_HOST")
                        .problems())
                .containsExactly(
                        "meowmx.append.max.events is not a configuration key; did you mean meowmx.append.max-events?");
    }

    @Test
    void an_environment_variable_that_is_nearly_a_key_is_a_warning() {
        ConfigurationCheck check = check(
                Map.of(),
                "MEOWMX_SCHEMA_MOD",
                "MEOWMX_SCHEMA_MODE",
                "MEOWMX_SERVICE_HOST",
                "MEOWMX_PORT",
                "SCHEMA_MODE");

        assertThat(check.problems()).isEmpty();
        assertThat(check.warnings())
                .containsExactly("The environment variable MEOWMX_SCHEMA_MOD is not a configuration key and has no "
                        + "effect; did you mean MEOWMX_SCHEMA_MODE?");
    }

    @Test
    void all_mistakes_are_reported_at_once() {
        assertThat(check(Map.of("meowmx.rest.maxbody", "1", "meowmx.append.max-events", "0"))
                        .problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("meowmx.append.max-events is '0'"))
                .contains("meowmx.rest.maxbody is not a configuration key; did you mean meowmx.rest.max-body?");
    }

    /** An application with a mistake in its keys, and another group with a mistake. */
    @ApplicationScoped
    static class Mistaken {

        @Produces
        static Config config() {
            return new SmallRyeConfigBuilder()
                    .withDefaultValue("meowmx.append.max-events", "0")
                    .build();
        }

        @Produces
        static KeyGroup others() {
            return new KeyGroup() {

                @Override
                public List<Key<?>> keys() {
                    return List.of();
                }

                @Override
                public List<String> prefixes() {
                    return List.of();
                }

                @Override
                public boolean isOfAnother(String name) {
                    return false;
                }

                @Override
                public boolean ignoresListedVariables() {
                    return false;
                }

                @Override
                public List<String> conflicts() {
                    return List.of("Two values contradict each other.");
                }
            };
        }
    }

    @Test
    void the_mistakes_of_all_groups_fail_the_start_together() {
        Weld weld = new Weld()
                .disableDiscovery()
                .beanClasses(ConfigurationLifecycle.class, ApplicationName.class, Mistaken.class);

        assertThatThrownBy(weld::initialize)
                .isInstanceOf(StartupException.class)
                .hasMessageContainingAll("meowmx.append.max-events is '0'", "Two values contradict each other.");
    }
}
