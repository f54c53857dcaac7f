package org.meowmx.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** The configuration that a test class sets with {@link MeowmxTest#config()}. It overrides every other source. */
public class TestConfigSource implements ConfigSource {

    private static volatile Map<String, String> current = Map.of();

    /** Sets the configuration of the next test, with the schema mode that its database requires. */
    static void use(String schemaMode, String[] lines) {
        Map<String, String> properties = new HashMap<>();
        properties.put("meowmx.schema.mode", schemaMode);
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("@MeowmxTest(config): '" + line + "' must have the form key=value");
            }
            properties.put(line.substring(0, equals), line.substring(equals + 1));
        }
        current = Map.copyOf(properties);
    }

    @Override
    public int getOrdinal() {
        return 1_000;
    }

    @Override
    public Set<String> getPropertyNames() {
        return current.keySet();
    }

    @Override
    public @Nullable String getValue(String key) {
        return current.get(key);
    }

    @Override
    public String getName() {
        return "@MeowmxTest(config)";
    }
}
