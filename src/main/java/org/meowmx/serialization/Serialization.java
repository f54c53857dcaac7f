package org.meowmx.serialization;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.meowmx.DataBinder;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.evolution.Evolution;

/** Builds the objects of this package from the application's codec, upcasters and configuration. */
@ApplicationScoped
class Serialization {

    @Inject
    JsonCodec codec;

    @Inject
    @Any
    Instance<Evolution> evolutions;

    @Inject
    Settings settings;

    private EventSerializer serializer;

    /** Creates this bean at start, so that contradicting upcasters fail the deployment before the first event is read. */
    void start(@Observes Startup event) {}

    @PostConstruct
    void build() {
        serializer = new EventSerializer(codec, evolutions, settings.get(Keys.MAX_EVENT_SIZE));
    }

    /** The default codec, which an alternative of the application replaces. */
    @Produces
    @ApplicationScoped
    static JsonCodec jackson() {
        return JsonCodec.jackson();
    }

    @Produces
    EventSerializer serializer() {
        return serializer;
    }

    @Produces
    @ApplicationScoped
    DataBinder binder() {
        return serializer.binder();
    }
}
