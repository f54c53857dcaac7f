package org.meowmx.contract;

import org.junit.jupiter.api.BeforeEach;
import org.meowmx.testkit.InMemoryEventStore;

class IdempotenceInMemoryTest extends IdempotenceContract {

    @BeforeEach
    void inMemory() {
        events = new InMemoryEventStore();
    }
}
