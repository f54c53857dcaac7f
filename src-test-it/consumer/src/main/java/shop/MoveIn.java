package shop;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import javax.sql.DataSource;
import org.meowmx.importing.ImportReport;
import org.meowmx.importing.PostgresEventSourcingImport;

@ApplicationScoped
public class MoveIn {

    @Resource(lookup = "java:comp/env/jdbc/shop") // where the old tables are: another data source, or the store's
    DataSource old;

    @Inject
    PostgresEventSourcingImport imports;

    void move(@Observes Startup event) { // before the subscriptions of this node begin to run
        ImportReport report = imports.importFrom(old); // or importFrom(old, "schema")
        System.getLogger("move").log(Level.INFO, report);
    }
}
