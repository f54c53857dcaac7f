package org.meowmx.subscription.engine.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meowmx.configuration.ConfigurationCheck;
import org.meowmx.configuration.KeyGroup;
import org.meowmx.configuration.Settings;
import org.meowmx.testkit.MeowmxTest;

/** Mistakes in the configuration of subscriptions fail the deployment. */
@MeowmxTest(config = "meowmx.subscription.enabled=true")
class ConfigurationTest {

    @Inject
    @Any
    Instance<KeyGroup> groups;

    @Test
    void the_keys_of_subscriptions_are_checked_with_those_of_the_application() {
        assertThat(groups.stream().flatMap(group -> group.prefixes().stream()))
                .contains("meowmx.schema.", "meowmx.subscription.");
    }

    @Test
    void all_mistakes_are_reported_at_once() {
        Settings mistaken = new Settings(
                new SmallRyeConfigBuilder()
                        .withDefaultValue("meowmx.subscription.bach-size", "5")
                        .withDefaultValue("meowmx.subscription.lost.start", "now")
                        .build(),
                Set.of());
        KeyGroup keys = new SubscriptionKeyGroup(Set.of(), mistaken);

        assertThat(new ConfigurationCheck(mistaken, List.of(keys)).problems())
                .anySatisfy(problem ->
                        assertThat(problem).contains("bach-size", "did you mean meowmx.subscription.batch-size?"))
                .anySatisfy(problem -> assertThat(problem).contains("lost.start"));
    }
}
