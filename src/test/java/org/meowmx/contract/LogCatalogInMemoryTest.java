package org.meowmx.contract;

import org.junit.jupiter.api.BeforeEach;
import org.meowmx.testkit.InMemoryEventStore;

class LogCatalogInMemoryTest extends LogCatalogContract {

    @BeforeEach
    void inMemory() {
        InMemoryEventStore store = new InMemoryEventStore();
        events = store;
        catalog = store.catalog();
    }
}
