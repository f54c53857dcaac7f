package org.meowmx;

import java.util.List;

/**
 * The store refuses to start.
 *
 * <p>Each reason is one sentence that says what was found, what is required, and how to correct it. Correct all of them
 * and deploy again.
 */
public class StartupException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final List<String> reasons;

    /**
     * Creates the exception.
     *
     * @param reasons at least one sentence
     */
    public StartupException(List<String> reasons) {
        super("meowmx cannot start: " + String.join(" ", reasons), null);
        this.reasons = List.copyOf(reasons);
    }

    /** One sentence per reason. */
    public List<String> reasons() {
        return reasons;
    }
}
