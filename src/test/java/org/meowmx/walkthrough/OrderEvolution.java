package org.meowmx.walkthrough;

import static org.meowmx.evolution.Upcaster.into;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.meowmx.evolution.Evolution;
import org.meowmx.evolution.Upcaster;

@ApplicationScoped
public class OrderEvolution implements Evolution {

    @Override
    public List<Upcaster> upcasters() {
        return List.of(
                Upcaster.change("order-placed", 1, past -> past.with("currency", "EUR")),
                Upcaster.split(
                        "order-changed",
                        1,
                        into("order-redirected", past -> past.without("note")).when(past -> past.has("street")),
                        into("order-annotated", past -> past.without("street")).when(past -> past.has("note"))),
                Upcaster.drop("order-viewed", 1));
    }
}
