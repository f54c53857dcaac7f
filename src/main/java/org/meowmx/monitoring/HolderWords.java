package org.meowmx.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** How a transaction that holds something back is named: by its process and application, or the id it was prepared under. */
final class HolderWords {

    private HolderWords() {}

    static String of(Optional<String> preparedAs, OptionalInt pid, String application, Optional<Instant> since) {
        String who = preparedAs.map(gid -> "prepared transaction " + gid).orElseGet(() -> "process %d of '%s'"
                .formatted(pid.orElse(0), application));
        return since.map(began -> "%s for %d s"
                        .formatted(who, Duration.between(began, Instant.now()).toSeconds()))
                .orElse(who);
    }
}
