package org.meowmx.walkthrough;

import static org.meowmx.evolution.Upcaster.into;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.meowmx.evolution.Evolution;
import org.meowmx.evolution.Upcaster;

@ApplicationScoped
public class OrderEvolution implements Evolution {

    private static final Upcaster CURRENCY = Upcaster.change("order-placed", 1, past -> past.with("currency", "EUR"));

    private static final Upcaster PARTS = Upcaster.split(
            "order-changed",
            1,
            into("order-redirected", past -> past.without("note")).when(past -> past.has("street")),
            into("order-annotated", past -> past.without("street")).when(past -> past.has("note")));

    private static final Upcaster VIEWED = Upcaster.drop("order-viewed", 1);

    @Override
    public List<Upcaster> upcasters() {
        return List.of(CURRENCY, PARTS, VIEWED);
    }
}
