package org.meowmx.subscription.engine.declaration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.meowmx.StartupException;
import org.meowmx.testkit.MeowmxTest;

/** What the deployment is told of a configuration with mistakes; the lifecycle asks the same of its catalog. */
@MeowmxTest(config = "meowmx.subscription.enabled=true")
class ConfigurationTest {

    @Inject
    SubscriptionRegistry catalog;

    @Test
    void no_mistake_is_no_problem() {
        catalog.validate();
    }

    @Test
    void all_mistakes_fail_the_start_at_once() {
        SubscriptionRegistry mistaken = new SubscriptionRegistry();
        mistaken.declared = new SubscriptionExtension();
        mistaken.config = new SmallRyeConfigBuilder()
                .withDefaultValue("meowmx.subscription.bach-size", "5")
                .withDefaultValue("meowmx.subscription.lost.start", "now")
                .build();
        mistaken.readSettings();

        assertThatThrownBy(mistaken::validate)
                .isInstanceOf(StartupException.class)
                .hasMessageContainingAll("bach-size", "did you mean meowmx.subscription.batch-size?", "lost.start");
    }
}
