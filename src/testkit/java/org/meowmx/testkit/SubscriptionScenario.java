package org.meowmx.testkit;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.EventTypes;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.Required;
import org.meowmx.StreamId;
import org.meowmx.subscription.Subscriptions;
import org.opentest4j.AssertionFailedError;

/**
 * Given/when/then tests for subscriptions. Inject it into a {@link MeowmxTest}:
 * {@code scenario.given(order, new Placed("ann", total)).whenCaughtUp("billing").thenAppended(invoice, new Sent(total))}.
 *
 * <p>The scenario checks appended events and failures. Assertions on read models belong to the test itself.
 */
@Dependent
public class SubscriptionScenario {

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    private final List<String> steps = new ArrayList<>();
    private final Map<StreamId, Long> given = new HashMap<>();
    private long handled;
    private @Nullable RuntimeException failure;

    /** Appends events to a stream. */
    public SubscriptionScenario given(StreamId stream, Object... happened) {
        Required.present("stream", stream);
        List<NewEvent> appended = Arrays.stream(Required.elements("happened", happened))
                .map(NewEvent::of)
                .toList();
        given.put(stream, events.append(stream, ExpectedVersion.any(), appended).version());
        steps.add("given  %s: %s".formatted(stream, listed(List.of(happened))));
        return this;
    }

    /** Delivers all events up to now to a subscription. */
    public SubscriptionScenario whenCaughtUp(String subscription) {
        Required.present("subscription", subscription);
        steps.add("when   '%s' has caught up".formatted(subscription));
        try {
            handled = subscriptions.catchUp(subscription);
            failure = null;
        } catch (RuntimeException e) {
            failure = e;
        }
        return this;
    }

    /** Asserts that the subscription has handled this number of events. */
    public SubscriptionScenario thenHandled(long count) {
        if (failure != null || handled != count) {
            throw failed(count + " events handled", handled + " events handled");
        }
        return this;
    }

    /** Asserts that an observer has thrown an exception of this class. The turn was then rolled back. */
    public SubscriptionScenario thenFailed(Class<? extends RuntimeException> by) {
        if (!by.isInstance(failure)) {
            throw failed("failed by " + by.getName(), handled + " events handled");
        }
        return this;
    }

    /**
     * Asserts that exactly these events were appended to a stream, in addition to the given ones. Without arguments,
     * asserts that nothing was appended.
     */
    public SubscriptionScenario thenAppended(StreamId stream, Object... expected) {
        List<RecordedEvent> actual = events.read(stream).events().stream()
                .filter(event -> event.version() > given.getOrDefault(stream, 0L))
                .toList();
        List<Object> objects = objects(actual, expected);
        if (failure != null || !objects.equals(List.of(expected))) {
            throw failed(stream + ": " + listed(List.of(expected)), stream + ": " + listed(objects));
        }
        return this;
    }

    /** Events as objects of the expected classes; events of other types as text. */
    private static List<Object> objects(List<RecordedEvent> actual, Object... expected) {
        EventTypes types = EventTypes.union(Arrays.stream(expected)
                .map(Object::getClass)
                .map(EventTypes::of)
                .toList());
        List<Object> objects = new ArrayList<>();
        for (RecordedEvent event : actual) {
            Class<?> type = types.classOf(event.type());
            objects.add(type == null ? event.type() + " " + event.data() : event.as(type));
        }
        return objects;
    }

    private static String listed(List<?> objects) {
        return objects.isEmpty()
                ? "nothing"
                : objects.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private AssertionFailedError failed(String expected, String otherwise) {
        String actual = failure == null ? otherwise : "failed by " + failure;
        String message = "%n%s%nthen   expected  %s%n       but was   %s"
                .formatted(String.join(System.lineSeparator(), steps), expected, actual);
        return new AssertionFailedError(message, expected, actual, failure);
    }
}
