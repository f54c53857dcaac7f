package org.meowmx;

import java.util.List;

/** The store refuses to start, with one sentence per reason that says what was found, what is needed and the way out. */
public class StartupException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final List<String> reasons;

    public StartupException(List<String> reasons) {
        super("meowmx cannot start: " + String.join(" ", reasons), null);
        this.reasons = List.copyOf(reasons);
    }

    public List<String> reasons() {
        return reasons;
    }
}
