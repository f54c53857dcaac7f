package org.meowmx;

import com.fasterxml.uuid.Generators;
import java.util.UUID;

/**
 * UUIDs of version 5 (RFC 9562, section 5.5): the same name in the same namespace always yields the same UUID.
 *
 * <p>The class is public only for the other packages of this library. It is not part of the API that applications use.
 */
public final class NameBasedId {

    private NameBasedId() {}

    public static UUID of(UUID namespace, String name) {
        return Generators.nameBasedGenerator(namespace).generate(name);
    }
}
