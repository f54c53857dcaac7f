package org.meowmx.configuration;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.meowmx.StartupException;

/** Reads the configuration, and checks it before anything else of the application starts. */
@ApplicationScoped
class ConfigurationLifecycle {

    private static final Logger LOG = System.getLogger(ConfigurationLifecycle.class.getName());

    @Inject
    Settings settings;

    @Inject
    @Any
    Instance<KeyGroup> groups;

    @Inject
    ApplicationName applicationName;

    @Produces
    @Singleton
    static Settings settings(Config config) {
        return new Settings(config, System.getenv().keySet());
    }

    @Produces
    static KeyGroup applicationKeys() {
        return new ApplicationKeys();
    }

    /** @throws StartupException with all mistakes */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) Startup event) {
        applicationName.get();
        ConfigurationCheck check =
                new ConfigurationCheck(settings, groups.stream().toList());
        check.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        List<String> problems = check.problems();
        if (!problems.isEmpty()) {
            throw new StartupException(problems);
        }
    }
}
