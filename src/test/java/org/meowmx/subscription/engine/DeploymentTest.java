package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.Test;
import org.meowmx.Appended;
import org.meowmx.EventType;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.LiveOnly;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.engine.declaration.SubscriptionExtension;

/** A declaration that cannot work fails the deployment, with a sentence that names the observer. */
class DeploymentTest {

    @EventType("noted")
    record Noted(String text) {}

    @EventType("noted")
    record AlsoNoted(String text) {}

    record Typeless(String text) {}

    private static void assertRefused(Class<?> bean, String... sentence) {
        Weld weld = new Weld()
                .disableDiscovery()
                .addExtension(new SubscriptionExtension())
                .addBeanClass(bean);
        assertThatThrownBy(weld::initialize)
                .hasMessageContaining(bean.getName())
                .message()
                .contains(sentence);
    }

    @ApplicationScoped
    static class Unqualified {
        void on(@Observes Noted noted) {}
    }

    @ApplicationScoped
    static class UnqualifiedRecorded {
        void on(@Observes RecordedEvent event) {}
    }

    @Test
    void an_unqualified_observer_of_a_stored_event() {
        assertRefused(Unqualified.class, "has no qualifier", "@Subscribed", "@Appended");
        assertRefused(UnqualifiedRecorded.class, "has no qualifier");
    }

    @ApplicationScoped
    static class Asynchronous {
        void on(@ObservesAsync @Subscribed("list") Noted noted) {}
    }

    @Test
    void an_asynchronous_observer_of_a_subscription() {
        assertRefused(Asynchronous.class, "@ObservesAsync with @Subscribed");
    }

    @ApplicationScoped
    static class OddlyNamed {
        void on(@Observes @Subscribed("list\nof things") Noted noted) {}
    }

    @Test
    void a_name_that_no_stream_may_have() {
        assertRefused(OddlyNamed.class, "whose name contains the control character U+000A");
    }

    @ApplicationScoped
    static class Transactional {
        void on(@Observes(during = TransactionPhase.AFTER_SUCCESS) @Subscribed("list") Noted noted) {}
    }

    @Test
    void a_transactional_observer_of_a_subscription() {
        assertRefused(Transactional.class, "remove 'during'");
    }

    @ApplicationScoped
    static class LiveForEverybody {
        void on(@Observes @LiveOnly Noted noted) {}
    }

    @ApplicationScoped
    static class LiveInAppends {
        void on(@Observes @Appended @LiveOnly Noted noted) {}
    }

    @Test
    void a_live_only_observer_without_a_subscription() {
        assertRefused(LiveForEverybody.class, "has @LiveOnly without @Subscribed");
        assertRefused(LiveInAppends.class, "has @LiveOnly without @Subscribed");
    }

    @ApplicationScoped
    static class Conditional {
        void on(@Observes(notifyObserver = Reception.IF_EXISTS) @Subscribed("list") Noted noted) {}
    }

    @Test
    void a_conditional_observer_of_a_subscription() {
        assertRefused(Conditional.class, "remove 'notifyObserver'");
    }

    @ApplicationScoped
    static class WithoutType {
        void on(@Observes @Subscribed("list") Typeless event) {}
    }

    @Test
    void an_event_class_without_a_type() {
        assertRefused(WithoutType.class, Typeless.class.getName(), "no @EventType");
    }

    @ApplicationScoped
    static class WithoutName {
        void on(@Observes @Subscribed(" ") Noted event) {}
    }

    @Test
    void a_subscription_without_a_name() {
        assertRefused(WithoutName.class, "names no subscription");
    }

    @ApplicationScoped
    static class WithVersionInName {
        void on(@Observes @Subscribed("list@2") Noted event) {}
    }

    @ApplicationScoped
    static class VersionZero {
        void on(@Observes @Subscribed(value = "list", version = 0) Noted event) {}
    }

    @Test
    void a_version_that_is_not_declared_as_one() {
        assertRefused(WithVersionInName.class, "names the subscription 'list@2'", "set the version of @Subscribed");
        assertRefused(VersionZero.class, "has version 0 of the subscription 'list'", "a version is a number from 1");
    }

    @ApplicationScoped
    static class Contradicting {
        void one(@Observes @Subscribed(value = "list", category = "a") Noted event) {}

        void other(@Observes @Subscribed(value = "list", category = "b") RecordedEvent event) {}
    }

    @Test
    void two_categories_for_one_subscription() {
        assertRefused(Contradicting.class, "different categories of the subscription 'list'", "'a'", "'b'");
    }

    @ApplicationScoped
    static class DoubleType {
        void one(@Observes @Subscribed("list") Noted event) {}

        void other(@Observes @Subscribed("list") AlsoNoted event) {}
    }

    @Test
    void two_classes_of_one_type() {
        Weld weld = new Weld()
                .disableDiscovery()
                .addExtension(new SubscriptionExtension())
                .addBeanClass(DoubleType.class);
        assertThatThrownBy(weld::initialize)
                .hasMessageContainingAll(
                        "subscription 'list'", "'noted'", Noted.class.getName(), AlsoNoted.class.getName());
    }
}
