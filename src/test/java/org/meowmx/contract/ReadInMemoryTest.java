package org.meowmx.contract;

import org.junit.jupiter.api.BeforeEach;
import org.meowmx.testkit.InMemoryEventStore;

class ReadInMemoryTest extends ReadContract {

    @BeforeEach
    void inMemory() {
        events = new InMemoryEventStore();
    }
}
