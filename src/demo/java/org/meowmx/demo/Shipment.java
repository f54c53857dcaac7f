package org.meowmx.demo;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of the read model: one shipped order. */
@Entity
@Table(name = "demo_shipments")
@SuppressWarnings("NullAway.Init")
public class Shipment {

    @Id
    private String orderId;

    private Instant shippedAt;

    protected Shipment() {}

    public Shipment(String orderId, Instant shippedAt) {
        this.orderId = orderId;
        this.shippedAt = shippedAt;
    }

    public String getOrderId() {
        return orderId;
    }

    public Instant getShippedAt() {
        return shippedAt;
    }
}
