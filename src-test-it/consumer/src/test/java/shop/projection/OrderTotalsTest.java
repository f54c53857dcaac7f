package shop.projection;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.projection.Projections;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;
import shop.Orders;

@MeowmxTest(beans = {Orders.class, OrderTotals.class, OrderTotalsTest.Tables.class})
class OrderTotalsTest {

    @Inject
    Orders orders;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Projections projections;

    @Inject
    Tables tables;

    /** What a migration creates. */
    @ApplicationScoped
    static class Tables {

        private static final List<String> CREATE = List.of(
                "create table if not exists order_totals_1 (order_id varchar primary key, total numeric)",
                "create table if not exists order_totals_2 (order_id varchar primary key, total numeric, customer varchar)",
                "create or replace view order_totals as select order_id, total from order_totals_1");

        @PersistenceContext(unitName = "meowmx")
        EntityManager em;

        @Transactional
        void create() {
            CREATE.forEach(statement -> em.createNativeQuery(statement).executeUpdate());
        }

        @Transactional
        List<?> orders() {
            return em.createNativeQuery("select order_id from order_totals", String.class)
                    .getResultList();
        }

        @Transactional
        void forgetFirst() {
            em.createNativeQuery("delete from order_totals_1").executeUpdate();
        }
    }

    @BeforeEach
    void createTables() {
        tables.create();
    }

    @Test
    void readers_of_the_view_see_the_version_that_serves() {
        UUID order = UUID.randomUUID();
        orders.place(order, "ann", new BigDecimal("12.50"));
        subscriptions.catchUp("order-totals");
        assertThat(tables.orders()).asString().contains(order.toString());

        projections.switchTo("order-totals", 2);
        tables.forgetFirst();

        assertThat(tables.orders()).asString().contains(order.toString());
        assertThat(projections.serving("order-totals")).isEqualTo(2);
    }
}
