package shop.trial;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import shop.OrderEvent;
import shop.Payments;

/** Transactions over both persistence units and over two data sources. */
@ApplicationScoped
public class Trials {

    private static final String TRANSACTION = "select cast(pg_current_xact_id() as text)";

    @PersistenceContext(unitName = "shop")
    EntityManager shop;

    @PersistenceContext(unitName = "meowmx")
    EntityManager meowmx;

    @Inject
    Payments payments;

    @Inject
    EventStore events;

    /** The names of the entities that each unit knows. */
    public List<String> entities(String unit) {
        EntityManager em = unit.equals("shop") ? shop : meowmx;
        return em.getMetamodel().getEntities().stream()
                .map(entity -> entity.getJavaType().getName())
                .sorted()
                .toList();
    }

    /** Row and event are written, and then it fails. */
    @Transactional
    public void payAndFail(UUID order) {
        payments.pay(order, BigDecimal.ONE);
        shop.flush();
        throw new IllegalStateException("the till is closed");
    }

    /** The metadata of the last event of a stream. */
    public Map<String, String> metadata(String category, String id) {
        return events.read(StreamId.of(category, id))
                .last()
                .orElseThrow()
                .metadata()
                .entries();
    }

    /** The database's transactions in which both units and the data source that the application calls its own are. */
    @Transactional
    public List<String> transactions() throws NamingException, SQLException {
        DataSource own = InitialContext.doLookup("java:comp/env/jdbc/shop");
        try (Connection connection = own.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TRANSACTION)) {
            row.next();
            return Stream.of(
                            shop.createNativeQuery(TRANSACTION).getSingleResult(),
                            meowmx.createNativeQuery(TRANSACTION).getSingleResult(),
                            row.getString(1))
                    .map(Object::toString)
                    .toList();
        }
    }

    /** An event here and a row in another data source. */
    @Transactional(rollbackOn = SQLException.class)
    public void book(UUID order, String otherDataSource, boolean failing) throws NamingException, SQLException {
        events.append(
                StreamId.of("order", order), ExpectedVersion.any(), NewEvent.of(new OrderEvent.Paid(BigDecimal.ONE)));
        DataSource other = InitialContext.doLookup(otherDataSource);
        try (Connection connection = other.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into ledger values ('" + order + "')");
        }
        if (failing) {
            throw new IllegalStateException("the books are closed");
        }
    }
}
