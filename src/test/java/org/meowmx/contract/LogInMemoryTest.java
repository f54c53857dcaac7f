package org.meowmx.contract;

import org.junit.jupiter.api.BeforeEach;
import org.meowmx.testkit.InMemoryEventStore;

class LogInMemoryTest extends LogContract {

    @BeforeEach
    void inMemory() {
        events = new InMemoryEventStore();
    }
}
