package org.meowmx.importing;

import com.fasterxml.uuid.Generators;
import java.util.UUID;

/** UUIDs of version 5 (RFC 9562, section 5.5): the same name in the same namespace always yields the same UUID. */
final class NameBasedId {

    private NameBasedId() {}

    static UUID of(UUID namespace, String name) {
        return Generators.nameBasedGenerator(namespace).generate(name);
    }
}
