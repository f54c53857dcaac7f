package org.meowmx.subscription.engine.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings.OnFailure;
import org.meowmx.transaction.TransactionLimits;

/** The configuration of subscriptions: defaults, precedence, and every mistake in one go. */
class SettingsReaderTest {

    private static final String P = SettingsReader.PREFIX;

    private static SettingsReader reader(Map<String, String> properties) {
        return reader(properties, Set.of());
    }

    private static SettingsReader reader(Map<String, String> properties, Set<String> environment) {
        return new SettingsReader(
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(properties, "test.properties", 100))
                        .build(),
                environment);
    }

    @Test
    void an_environment_variable_that_is_listed_as_a_property_with_dots_is_known() {
        Map<String, String> listed =
                Map.of(P + "transaction.timeout", "PT5S", P + "shipping.list.batch.size", "5", P + "bach.size", "5");
        SettingsReader reader = reader(
                listed,
                Set.of(
                        "MEOWMX_SUBSCRIPTION_TRANSACTION_TIMEOUT",
                        "MEOWMX_SUBSCRIPTION_SHIPPING_LIST_BATCH_SIZE",
                        "MEOWMX_SUBSCRIPTION_BACH_SIZE"));
        reader.checkNames(Set.of("shipping-list"));
        assertThat(reader.problems()).singleElement().asString().startsWith("meowmx.subscription.bach.size is no");

        SettingsReader withoutVariables = reader(listed);
        withoutVariables.checkNames(Set.of("shipping-list"));
        assertThat(withoutVariables.problems()).hasSize(3);
    }

    @Test
    void keys_of_another_applications_subscriptions_are_let_be_when_names_are_not_checked() {
        SettingsReader reader = reader(
                Map.of(
                        P + "check-names", "false",
                        P + "courier.batch-size", "5",
                        P + "post.retry.delay", "PT1S",
                        P + "courier.bach-size", "5",
                        P + "retry.delay", "PT1S"),
                Set.of("MEOWMX_SUBSCRIPTION_POST_RETRY_DELAY"));
        reader.checkNames(Set.of("shipping-list"));

        assertThat(reader.problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("meowmx.subscription.courier.bach-size is no"))
                .anyMatch(problem -> problem.startsWith("meowmx.subscription.retry.delay is no"));
    }

    @Test
    void the_defaults_are_those_of_the_readme() {
        SubscriptionSettings settings = reader(Map.of()).read("list");

        assertThat(settings.creation().segments()).isEqualTo(1);
        assertThat(settings.batchSize()).isEqualTo(2_000);
        assertThat(settings.failures().onFailure()).isEqualTo(OnFailure.BLOCK);
        assertThat(settings.failures().maxAttempts()).isEqualTo(10);
        assertThat(settings.creation().start()).isEqualTo(ReadFrom.beginning());
        assertThat(settings.limits()).isEqualTo(new TransactionLimits(Duration.ofMinutes(1), null));
        assertThat(settings.creation().renamedFrom()).isNull();
        assertThat(settings.failures().backoff()).isEqualTo(new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)));
    }

    @Test
    void a_subscriptions_own_key_goes_before_the_one_for_all() {
        SettingsReader reader = reader(Map.of(
                P + "batch-size", "7", P + "list.batch-size", "8", P + "on-failure", "park", P + "list.start", "now"));

        assertThat(reader.read("list").batchSize()).isEqualTo(8);
        assertThat(reader.read("other").batchSize()).isEqualTo(7);
        assertThat(reader.read("list").failures().onFailure()).isEqualTo(OnFailure.PARK);
        assertThat(reader.read("list").creation().start()).isEqualTo(ReadFrom.now());
        assertThat(reader.problems()).isEmpty();
    }

    @Test
    void a_turn_is_tolerated_for_the_shorter_of_its_limits() {
        SettingsReader reader =
                reader(Map.of(P + "transaction-timeout", "PT2M", P + "list.transaction-timeout", "PT5S"));

        assertThat(reader.read("list").limits().longest()).isEqualTo(Duration.ofSeconds(5));
        assertThat(reader.read("other").limits().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(reader.read("other").limits().longest()).isEqualTo(Duration.ofMinutes(1));
        assertThat(reader.problems()).isEmpty();
    }

    @Test
    void a_former_name_belongs_to_one_subscription() {
        SettingsReader reader = reader(Map.of(P + "list.renamed-from", "names", P + "renamed-from", "other"));
        reader.checkNames(Set.of("list"));

        assertThat(reader.read("list").creation().renamedFrom()).isEqualTo("names");
        assertThat(reader.problems())
                .containsExactly("meowmx.subscription.renamed-from is no configuration key; did you mean "
                        + "meowmx.subscription.list.renamed-from?");
    }

    @Test
    void a_start_is_a_word_a_position_or_a_time() {
        assertThat(reader(Map.of(P + "start", "42")).read("list").creation().start())
                .isEqualTo(ReadFrom.after(42));
        assertThat(reader(Map.of(P + "start", "2024-01-01T00:00:00Z"))
                        .read("list")
                        .creation()
                        .start())
                .isEqualTo(ReadFrom.time(Instant.parse("2024-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "segments, 0, 1 to 1024",
        "segments, 1025, 1 to 1024",
        "batch-size, abc, 1 to 100000",
        "batch-size, -5, 1 to 100000",
        "max-attempts, 1.5, 1 to 1000000",
        "on-failure, ignore, block or park",
        "start, yesterday, 'beginning, now, a position or an ISO-8601 time'",
        "start, 99999999999999999999, 'beginning, now, a position or an ISO-8601 time'",
        "retry-delay, 5, 'an ISO-8601 duration such as PT1S, from PT0.001S to P20D'",
        "max-retry-delay, -PT1S, 'an ISO-8601 duration such as PT1S, from PT0.001S to P20D'",
        "frozen-after, PT0.0001S, 'an ISO-8601 duration such as PT1S, from PT0.001S to P20D'",
        "frozen-after, P30D, 'an ISO-8601 duration such as PT1S, from PT0.001S to P20D'"
    })
    void a_mistake_is_told_with_key_value_source_and_what_is_allowed(String key, String value, String allowed) {
        SettingsReader reader = reader(Map.of(P + "list." + key, value));
        reader.read("list");

        assertThat(reader.problems())
                .containsExactly(
                        "meowmx.subscription.list.%s is '%s' in PropertiesConfigSource[source=test.properties]; allowed is %s."
                                .formatted(key, value, allowed));
    }

    @Test
    void a_node_has_settings_of_its_own() {
        assertThat(reader(Map.of()).node())
                .isEqualTo(new NodeSettings(
                        true, true, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(10)));
        SettingsReader reader = reader(Map.of(P + "enabled", "false", P + "notify", "false", P + "heartbeat", "PT3S"));
        assertThat(reader.node())
                .isEqualTo(new NodeSettings(
                        false, false, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(3)));
        assertThat(reader.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "enabled, flase, true or false",
        "notify, no, true or false",
        "poll-interval, 5, 'an ISO-8601 duration such as PT1S, from PT0.001S to P20D'",
        "stop-timeout, -PT1S, 'an ISO-8601 duration such as PT1S, from PT0.001S to P20D'",
        "heartbeat, PT0S, 'an ISO-8601 duration such as PT1S, from PT0.001S to P20D'"
    })
    void a_mistake_in_a_nodes_own_settings_is_told_with_them(String key, String value, String allowed) {
        SettingsReader reader = reader(Map.of(P + key, value));
        reader.node();

        assertThat(reader.problems())
                .containsExactly(
                        "meowmx.subscription.%s is '%s' in PropertiesConfigSource[source=test.properties]; allowed is %s."
                                .formatted(key, value, allowed));
    }

    @Test
    void all_mistakes_are_told_at_once() {
        SettingsReader reader =
                reader(Map.of(P + "list.segments", "0", P + "list.batch-size", "x", P + "lits.start", "now"));
        reader.read("list");
        reader.checkNames(Set.of("list"));

        assertThat(reader.problems()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "meowmx.subscription.lits.start, meowmx.subscription.list.start",
        "meowmx.subscription.list.bach-size, meowmx.subscription.list.batch-size",
        "meowmx.subscription.pol-interval, meowmx.subscription.poll-interval"
    })
    void an_unknown_key_is_told_with_the_nearest_known_one(String key, String nearest) {
        SettingsReader reader = reader(Map.of(key, "1"));
        reader.checkNames(Set.of("list"));

        assertThat(reader.problems())
                .containsExactly("%s is no configuration key; did you mean %s?".formatted(key, nearest));
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "5, 16000", "6, 32000", "7, 60000", "1000000, 60000"})
    void delays_double_within_bounds_less_up_to_a_fifth(int failures, long longest) {
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
