package org.meowmx.subscription.engine.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meowmx.StartupException;
import org.meowmx.configuration.ConfigurationCheck;
import org.meowmx.configuration.Settings;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.transaction.TransactionLimits;

/** The configuration of subscriptions: defaults, precedence, and all mistakes at once. */
class SettingsReaderTest {

    private static final String P = SubscriptionKeys.PREFIX;
    private static final RandomGenerator RANDOM = new Random(1);

    private static Settings settings(Map<String, String> properties, String... environment) {
        return new Settings(
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(properties, "test.properties", 100))
                        .build(),
                Set.of(environment));
    }

    private static SettingsReader reader(Map<String, String> properties) {
        return new SettingsReader(settings(properties));
    }

    private static ConfigurationCheck check(String subscription, Settings settings) {
        return new ConfigurationCheck(settings, List.of(new SubscriptionKeyGroup(Set.of(subscription), settings)));
    }

    private static List<String> problems(String subscription, Map<String, String> properties, String... environment) {
        return check(subscription, settings(properties, environment)).problems();
    }

    @Test
    void an_environment_variable_that_is_listed_as_a_property_with_dots_is_known() {
        Map<String, String> listed =
                Map.of(P + "transaction.timeout", "PT5S", P + "shipping.list.batch.size", "5", P + "bach.size", "5");

        assertThat(problems(
                        "shipping-list",
                        listed,
                        "MEOWMX_SUBSCRIPTION_TRANSACTION_TIMEOUT",
                        "MEOWMX_SUBSCRIPTION_SHIPPING_LIST_BATCH_SIZE",
                        "MEOWMX_SUBSCRIPTION_BACH_SIZE"))
                .singleElement()
                .asString()
                .startsWith("meowmx.subscription.bach.size is not");
        assertThat(problems("shipping-list", listed)).hasSize(3);
    }

    @Test
    void keys_of_another_applications_subscriptions_are_ignored_if_names_are_not_checked() {
        assertThat(problems(
                        "shipping-list",
                        Map.of(
                                P + "check-names", "false",
                                P + "courier.batch-size", "5",
                                P + "post.retry.delay", "PT1S",
                                P + "courier.bach-size", "5",
                                P + "retry.delay", "PT1S"),
                        "MEOWMX_SUBSCRIPTION_POST_RETRY_DELAY"))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("meowmx.subscription.courier.bach-size is not"))
                .anyMatch(problem -> problem.startsWith("meowmx.subscription.retry.delay is not"));
    }

    @Test
    void an_environment_variable_that_is_nearly_a_key_is_a_warning_unless_it_may_belong_to_another_application() {
        String near = "MEOWMX_SUBSCRIPTION_LISTS_START";

        assertThat(check("list", settings(Map.of(), near)).warnings())
                .containsExactly(
                        "The environment variable MEOWMX_SUBSCRIPTION_LISTS_START is not a configuration key and "
                                + "has no effect; did you mean MEOWMX_SUBSCRIPTION_LIST_START?");
        assertThat(check("list", settings(Map.of(P + "check-names", "false"), near))
                        .warnings())
                .isEmpty();
    }

    @Test
    void the_defaults_are_those_of_the_reference() {
        SubscriptionSettings settings = reader(Map.of()).subscription("list");

        assertThat(settings.creation().segments()).isEqualTo(1);
        assertThat(settings.batchSize()).isEqualTo(2_000);
        assertThat(settings.failures())
                .isEqualTo(new FailurePolicy.Block(new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1))));
        assertThat(settings.creation().start()).isEqualTo(ReadFrom.beginning());
        assertThat(settings.limits()).isEqualTo(new TransactionLimits(Duration.ofMinutes(1), null));
        assertThat(settings.creation().renamedFrom()).isNull();
    }

    @Test
    void a_later_version_has_the_keys_of_its_projection_and_its_own() {
        Map<String, String> properties = Map.of(
                P + "batch-size", "7",
                P + "list.batch-size", "8",
                P + "list.max-attempts", "3",
                P + "list.on-failure", "park",
                P + "list.renamed-from", "old",
                P + "list@2.segments", "4",
                P + "list@2.batch-size", "9");
        SubscriptionSettings second = reader(properties).subscription("list@2");

        assertThat(second.batchSize()).isEqualTo(9);
        assertThat(second.creation().segments()).isEqualTo(4);
        assertThat(second.failures().delayAfter(3, RANDOM)).isEmpty();
        assertThat(second.creation().renamedFrom()).isEqualTo("old@2");
        assertThat(reader(properties).subscription("list").creation().segments())
                .isEqualTo(1);
        assertThat(reader(properties).subscription("list@3").batchSize()).isEqualTo(8);
        assertThat(problems("list@2", properties)).isEmpty();
        assertThat(problems("list@2", Map.of(P + "list@2.renamed-from", "old", P + "list@3.segments", "4")))
                .hasSize(2);
    }

    @Test
    void a_version_that_is_built_next_to_another_starts_at_the_beginning_in_place_of_now() {
        assertThat(reader(Map.of(P + "list.start", "now"))
                        .subscription("list@2")
                        .creation()
                        .ofNewVersion()
                        .start())
                .isEqualTo(ReadFrom.beginning());
        assertThat(reader(Map.of(P + "list.start", "7"))
                        .subscription("list@2")
                        .creation()
                        .ofNewVersion()
                        .start())
                .isEqualTo(ReadFrom.after(7));
    }

    @Test
    void a_policy_blocks_for_ever_or_parks_after_its_attempts() {
        FailurePolicy parking =
                reader(Map.of(P + "on-failure", "park")).subscription("list").failures();
        FailurePolicy blocking = reader(Map.of()).subscription("list").failures();

        assertThat(parking.delayAfter(9, RANDOM)).isPresent();
        assertThat(parking.delayAfter(10, RANDOM)).isEmpty();
        assertThat(blocking.delayAfter(1_000_000, RANDOM)).isPresent();
    }

    @Test
    void the_key_of_a_subscription_has_priority_over_the_one_for_all() {
        Map<String, String> properties = Map.of(
                P + "batch-size", "7",
                P + "list.batch-size", "8",
                P + "on-failure", "park",
                P + "list.max-attempts", "3",
                P + "list.start", "now");
        SubscriptionSettings list = reader(properties).subscription("list");

        assertThat(list.batchSize()).isEqualTo(8);
        assertThat(reader(properties).subscription("other").batchSize()).isEqualTo(7);
        assertThat(list.failures())
                .isEqualTo(new FailurePolicy.Park(3, new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1))));
        assertThat(list.creation().start()).isEqualTo(ReadFrom.now());
        assertThat(problems("list", properties)).isEmpty();
    }

    @Test
    void the_longest_turn_is_the_shorter_of_its_limits() {
        Map<String, String> properties =
                Map.of(P + "transaction-timeout", "PT2M", P + "list.transaction-timeout", "PT5S");
        SettingsReader reader = reader(properties);

        assertThat(reader.subscription("list").limits().longest()).isEqualTo(Duration.ofSeconds(5));
        assertThat(reader.subscription("other").limits().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(reader.subscription("other").limits().longest()).isEqualTo(Duration.ofMinutes(1));
        assertThat(problems("list", properties)).isEmpty();
    }

    @Test
    void a_former_name_belongs_to_one_subscription() {
        Map<String, String> properties = Map.of(P + "list.renamed-from", "names", P + "renamed-from", "other");

        assertThat(reader(properties).subscription("list").creation().renamedFrom())
                .isEqualTo("names");
        assertThat(problems("list", properties))
                .containsExactly("meowmx.subscription.renamed-from is not a configuration key; did you mean "
                        + "meowmx.subscription.list.renamed-from?");
    }

    @Test
    void a_former_name_is_not_one_that_is_still_declared() {
        assertThat(problems("list", Map.of(P + "list.renamed-from", "list")))
                .containsExactly("meowmx.subscription.list.renamed-from is 'list', but an observer still declares the "
                        + "subscription 'list': remove the key, or that observer.");
    }

    @Test
    void a_start_is_a_word_a_position_or_a_time() {
        assertThat(reader(Map.of(P + "start", "42"))
                        .subscription("list")
                        .creation()
                        .start())
                .isEqualTo(ReadFrom.after(42));
        assertThat(reader(Map.of(P + "start", "2024-01-01T00:00:00Z"))
                        .subscription("list")
                        .creation()
                        .start())
                .isEqualTo(ReadFrom.time(Instant.parse("2024-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "list.segments, 0, 1 to 1024",
        "list.segments, 1025, 1 to 1024",
        "list.batch-size, abc, 1 to 100000",
        "list.batch-size, -5, 1 to 100000",
        "list.max-attempts, 1.5, 1 to 1000000",
        "list.on-failure, ignore, block or park",
        "list.start, yesterday, 'beginning, now, a position, or a time such as 2026-01-31T12:00:00Z'",
        "list.start, 99999999999999999999, 'beginning, now, a position, or a time such as 2026-01-31T12:00:00Z'",
        "list.retry-delay, 5, an ISO-8601 duration from PT0.001S to P20D",
        "list.max-retry-delay, -PT1S, an ISO-8601 duration from PT0.001S to P20D",
        "list.frozen-after, PT0.0001S, an ISO-8601 duration from PT0.001S to P20D",
        "list.frozen-after, P30D, an ISO-8601 duration from PT0.001S to P20D",
        "list.transaction-timeout, 5, an ISO-8601 duration from PT0.001S to P20D",
        "retry-delay, 5, an ISO-8601 duration from PT0.001S to P20D",
        "enabled, flase, true or false",
        "notify, no, true or false",
        "check-names, False, true or false",
        "poll-interval, 5, an ISO-8601 duration from PT0.001S to PT1M",
        "poll-interval, PT61S, an ISO-8601 duration from PT0.001S to PT1M",
        "stop-timeout, -PT1S, an ISO-8601 duration from PT0.001S to P20D",
        "heartbeat, PT0S, an ISO-8601 duration from PT0.001S to P20D"
    })
    void a_mistake_is_reported_with_key_value_source_and_what_is_allowed(String key, String value, String allowed) {
        assertThat(problems("list", Map.of(P + key, value)))
                .containsExactly(
                        "meowmx.subscription.%s is '%s' in PropertiesConfigSource[source=test.properties]; allowed: %s."
                                .formatted(key, value, allowed));
    }

    @Test
    void a_value_that_is_not_allowed_is_not_read() {
        assertThatThrownBy(() -> reader(Map.of(P + "batch-size", "0")).subscription("list"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("meowmx.subscription.batch-size is '0'");
    }

    @Test
    void a_node_has_settings_of_its_own() {
        assertThat(reader(Map.of()).node())
                .isEqualTo(new NodeSettings(
                        true, true, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(10)));
        Map<String, String> properties = Map.of(
                P + "enabled", "false", P + "notify", "false", P + "heartbeat", "PT3S", P + "poll-interval", "PT1M");
        assertThat(reader(properties).node())
                .isEqualTo(new NodeSettings(
                        false, false, Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofSeconds(3)));
        assertThat(problems("list", properties)).isEmpty();
    }

    @Test
    void all_mistakes_are_reported_at_once() {
        assertThat(problems(
                        "list", Map.of(P + "list.segments", "0", P + "list.batch-size", "x", P + "lits.start", "now")))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "meowmx.subscription.lits.start, meowmx.subscription.list.start",
        "meowmx.subscription.list.bach-size, meowmx.subscription.list.batch-size",
        "meowmx.subscription.pol-interval, meowmx.subscription.poll-interval"
    })
    void an_unknown_key_is_reported_with_the_nearest_known_one(String key, String nearest) {
        assertThat(problems("list", Map.of(key, "1")))
                .containsExactly("%s is not a configuration key; did you mean %s?".formatted(key, nearest));
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "5, 16000", "6, 32000", "7, 60000", "1000000, 60000"})
    void the_wait_doubles_up_to_a_limit_with_jitter(int failures, long longest) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.after(failures, random).toMillis()).isBetween(longest * 8 / 10, longest);
        }
    }

    @Test
    void segments_cover_every_slice_once() {
        for (int count = 1; count <= 1024; count++) {
            var ranges = Segments.of(count);
            assertThat(ranges).hasSize(count);
            assertThat(ranges.get(0).first()).isZero();
            assertThat(ranges.get(count - 1).last()).isEqualTo(1023);
            for (int i = 1; i < count; i++) {
                assertThat(ranges.get(i).first()).isEqualTo(ranges.get(i - 1).last() + 1);
            }
        }
        assertThat(Segments.isSplit(Segments.of(4), Segments.of(8))).isTrue();
        assertThat(Segments.isSplit(Segments.of(4), Segments.of(3))).isFalse();
    }
}
