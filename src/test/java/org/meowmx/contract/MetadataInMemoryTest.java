package org.meowmx.contract;

import org.junit.jupiter.api.BeforeEach;
import org.meowmx.testkit.InMemoryEventStore;

class MetadataInMemoryTest extends MetadataContract {

    @BeforeEach
    void inMemory() {
        events = new InMemoryEventStore();
    }
}
