package org.meowmx.contract;

import org.junit.jupiter.api.BeforeEach;
import org.meowmx.testkit.InMemoryEventStore;

class AppendInMemoryTest extends AppendContract {

    @BeforeEach
    void inMemory() {
        events = new InMemoryEventStore();
    }
}
