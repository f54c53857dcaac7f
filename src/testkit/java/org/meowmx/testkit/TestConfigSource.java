package org.meowmx.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** The configuration that a test class gives with {@link MeowmxTest#config()}; above every other source. */
public class TestConfigSource implements ConfigSource {

    private static volatile Map<String, String> current = Map.of();

    /** Takes the lines of the test that is about to start, and what its database needs the store to do about tables. */
    static void use(String schemaMode, String[] lines) {
        Map<String, String> properties = new HashMap<>();
        properties.put("meowmx.schema.mode", schemaMode);
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("@MeowmxTest(config): '" + line + "' is no key=value");
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
