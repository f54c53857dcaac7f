package org.meowmx.contract;

import org.junit.jupiter.api.BeforeEach;
import org.meowmx.testkit.InMemoryEventStore;

class TypedEventInMemoryTest extends TypedEventContract {

    @BeforeEach
    void inMemory() {
        events = new InMemoryEventStore();
    }
}
