package org.meowmx.configuration;

import java.util.List;

/**
 * The group of the keys in {@link Keys}.
 *
 * <p>Some servers list each environment variable as a property, too. In Kubernetes, a service named {@code meowmx-event} sets
 * {@code MEOWMX_EVENT_SERVICE_HOST} in all containers of its namespace. Such properties are not mistakes.
 */
final class ApplicationKeys implements KeyGroup {

    @Override
    public List<Key<?>> keys() {
        return Keys.ALL;
    }

    @Override
    public List<String> prefixes() {
        return List.of("meowmx.append.", "meowmx.event.", "meowmx.rest.", "meowmx.schema.");
    }

    @Override
    public boolean isOfAnother(String name) {
        return false;
    }

    @Override
    public boolean ignoresListedVariables() {
        return true;
    }

    @Override
    public List<String> conflicts() {
        return List.of();
    }
}
