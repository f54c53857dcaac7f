package org.meowmx.contract;

import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.meowmx.testkit.InMemoryEventStore;

class EvolutionInMemoryTest extends EvolutionContract {

    @BeforeEach
    void inMemory() {
        events = new InMemoryEventStore(Clock.systemUTC(), new CustomerEvolution());
    }
}
