package org.meowmx.bench;

import java.util.List;
import org.meowmx.server.Engine;

/** All contenders for appends. */
final class Contenders {

    private Contenders() {}

    static List<Contender> all(Lab lab) {
        Engine own = lab.node(Meowmx.Orders.class);
        Engine others = lab.node();
        return List.of(
                BareInsert.inTransaction(lab),
                BareInsert.autoCommitted(lab),
                BareInsert.inJta(lab, Lab.pool(others)),
                BareInsert.withIndexesOfTheStore(lab),
                SeedStatements.withTrigger(lab),
                SeedStatements.plain(lab),
                Axon.jpa(lab, others, 100),
                Axon.jdbc(lab, others, 100),
                Meowmx.inTransaction(lab, own),
                Meowmx.sharing(lab, own));
    }
}
