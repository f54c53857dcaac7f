package org.meowmx.evolution;

import java.util.List;

/**
 * An application's upcasters. Every bean that implements this interface contributes its list, whatever its scope.
 *
 * <p>The list is read once, at start. A contradiction in it fails the deployment.
 */
public interface Evolution {

    /** The upcasters, in any order. */
    List<Upcaster> upcasters();
}
