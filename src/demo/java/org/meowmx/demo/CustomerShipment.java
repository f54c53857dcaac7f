package org.meowmx.demo;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of the second version of the read model: one order with its customer, shipped or not. */
@Entity
@Table(name = "demo_shipments_2")
@SuppressWarnings("NullAway.Init")
public class CustomerShipment {

    @Id
    private String orderId;

    private String customer;

    private Instant shippedAt;

    protected CustomerShipment() {}

    public CustomerShipment(String orderId, String customer) {
        this.orderId = orderId;
        this.customer = customer;
    }

    public void ship(Instant at) {
        shippedAt = at;
    }

    public String getOrderId() {
        return orderId;
    }

    public String getCustomer() {
        return customer;
    }

    public Instant getShippedAt() {
        return shippedAt;
    }
}
