package org.meowmx.contract;

import org.junit.jupiter.api.BeforeEach;
import org.meowmx.testkit.InMemoryEventStore;

class DirectoryInMemoryTest extends DirectoryContract {

    @BeforeEach
    void inMemory() {
        InMemoryEventStore store = new InMemoryEventStore();
        events = store;
        directory = store.directory();
    }
}
