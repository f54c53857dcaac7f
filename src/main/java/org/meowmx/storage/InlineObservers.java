package org.meowmx.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.List;
import org.meowmx.AppendResult;
import org.meowmx.Appended;
import org.meowmx.CurrentEvent;
import org.meowmx.EventsAppended;
import org.meowmx.RecordedEvent;

/** Tells the application of what it has just appended, inside the transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class InlineObservers {

    @Inject
    AppendedObservers observers;

    @Inject
    @Any
    Event<Object> notifier;

    @Inject
    CurrentEvent current;

    void tell(List<AppendResult> results) {
        List<AppendResult> fresh =
                results.stream().filter(result -> !result.repeated()).toList();
        if (fresh.isEmpty()) {
            return;
        }
        if (!observers.types().isEmpty()) {
            fresh.forEach(result -> result.events().forEach(this::tell));
        }
        if (observers.notified()) {
            notifier.select(EventsAppended.class).fire(new EventsAppended(fresh));
        }
    }

    private void tell(RecordedEvent event) {
        Class<?> type = observers.types().classOf(event.type());
        if (type != null) {
            current.during(
                    event, () -> notifier.select(Appended.Literal.INSTANCE).fire(event.as(type)));
        }
    }
}
