package org.meowmx.serialization;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.meowmx.DataBinder;
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
    @ConfigProperty(name = "meowmx.event.max-size", defaultValue = "16777216")
    int maxSize;

    private EventSerializer serializer;

    /** Creates this bean at start, so that contradicting upcasters fail the deployment before the first event is read. */
    void start(@Observes Startup event) {}

    @PostConstruct
    void build() {
        serializer = new EventSerializer(codec, evolutions, maxSize);
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
