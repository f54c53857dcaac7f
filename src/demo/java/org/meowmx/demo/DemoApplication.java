package org.meowmx.demo;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.meowmx.demo.account.AccountResource;
import org.meowmx.demo.account.BalanceResource;

/** The sample's REST resources, under {@code /demo}. */
@ApplicationPath("demo")
public class DemoApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                OrderResource.class,
                ShipmentResource.class,
                CreditLimitResource.class,
                AccountResource.class,
                BalanceResource.class);
    }
}
