package org.meowmx.subscription.engine.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meowmx.StartupException;
import org.meowmx.configuration.KeyGroup;
import org.meowmx.configuration.Settings;
import org.meowmx.testkit.MeowmxTest;

/** Mistakes in the configuration of subscriptions fail the deployment. */
@MeowmxTest(config = "meowmx.subscription.enabled=true")
class ConfigurationTest {

    @Inject
    SubscriptionRegistry registry;

    @Inject
    @Any
    Instance<KeyGroup> groups;

    @Test
    void the_keys_of_subscriptions_are_checked_with_those_of_the_application() {
        assertThat(groups.stream().flatMap(group -> group.prefixes().stream()))
                .contains("meowmx.schema.", "meowmx.subscription.");
    }

    @Test
    void a_configuration_without_mistakes_is_valid() {
        registry.validate();
    }

    @Test
    void all_mistakes_are_reported_at_once() {
        SubscriptionRegistry mistaken = new SubscriptionRegistry(
                Map.of(),
                new Settings(
                        new SmallRyeConfigBuilder()
                                .withDefaultValue("meowmx.subscription.bach-size", "5")
                                .withDefaultValue("meowmx.subscription.lost.start", "now")
                                .build(),
                        Set.of()));

        assertThatThrownBy(mistaken::validate)
                .isInstanceOf(StartupException.class)
                .hasMessageContainingAll("bach-size", "did you mean meowmx.subscription.batch-size?", "lost.start");
    }
}
