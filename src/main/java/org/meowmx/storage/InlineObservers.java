package org.meowmx.storage;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.meowmx.AppendResult;
import org.meowmx.Appended;
import org.meowmx.CurrentEvent;
import org.meowmx.DataBinder;
import org.meowmx.EventsAppended;
import org.meowmx.RecordedEvent;

/** Tells the application of what it has just appended, inside the transaction. */
@ApplicationScoped
class InlineObservers {

    @Inject
    AppendedObservers observers;

    @Inject
    @Any
    Event<Object> notifier;

    /** Apart from the other, because choosing among observers takes longer than calling them. */
    @Inject
    Event<EventsAppended> appended;

    @Inject
    CurrentEvent current;

    @Inject
    DataBinder binder;

    private Set<String> asked = Set.of();

    @PostConstruct
    void findTypes() {
        asked = binder.storedTypes(observers.types());
    }

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
            appended.fire(new EventsAppended(fresh));
        }
    }

    private void tell(RecordedEvent event) {
        if (asked.contains(event.type())) {
            Event<Object> observing = notifier.select(Appended.Literal.INSTANCE);
            current.during(event, () -> binder.bind(event, observers.types(), Object.class)
                    .forEach(observing::fire));
        }
    }
}
