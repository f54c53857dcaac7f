package org.meowmx.evolution;

import java.util.List;

/**
 * How an application's events of the past are read today. Each bean of this interface counts, whatever its scope; the list is
 * asked for once, at the start, and mistakes in it fail the deployment.
 */
public interface Evolution {

    /** The steps, in any order. */
    List<Upcaster> upcasters();
}
