package org.meowmx.blackbox;

import java.nio.file.Path;

/** With the data source as server-config has it. */
class ConsumerIT extends ConsumerContract {

    @Override
    Path[] additions() {
        return new Path[] {messaging()};
    }
}
